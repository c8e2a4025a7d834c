package io.snorky.server.identity;

import io.snorky.Client;
import io.snorky.NonBlocking;
import io.snorky.rpc.Command;
import io.snorky.rpc.RpcService;

import tools.jackson.databind.JsonNode;

/** Tells clients who they are. */
@NonBlocking
final class WhoAmI extends RpcService {

    static final String QUESTION =
            "{\"service\":\"me\",\"message\":{\"command\":\"name\",\"params\":{},\"callId\":1}}";

    WhoAmI() {
        super("me");
    }

    @Command
    JsonNode name(Client caller) {
        return caller.identity();
    }

    /** What a client of that identity hears. */
    static String answer(String identity) {
        return "{\"service\":\"me\",\"message\":{\"type\":\"response\",\"callId\":1,\"data\":"
                + identity
                + "}}";
    }
}
