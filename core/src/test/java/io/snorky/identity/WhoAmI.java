package io.snorky.identity;

import io.snorky.Client;
import io.snorky.NonBlocking;
import io.snorky.rpc.Command;
import io.snorky.rpc.RpcService;

import tools.jackson.databind.JsonNode;

/** Tells clients who they are. */
@NonBlocking
final class WhoAmI extends RpcService {

    WhoAmI() {
        super("me");
    }

    @Command
    JsonNode name(Client caller) {
        return caller.identity();
    }
}
