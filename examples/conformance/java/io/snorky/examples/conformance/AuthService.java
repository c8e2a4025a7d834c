package io.snorky.examples.conformance;

import io.snorky.Client;
import io.snorky.NonBlocking;
import io.snorky.rpc.Command;
import io.snorky.rpc.RpcService;

import tools.jackson.databind.JsonNode;

/** Believes everybody who says who they are. */
@NonBlocking
final class AuthService extends RpcService {

    AuthService(String name) {
        super(name);
    }

    @Command
    void login(Client caller, JsonNode name) {
        caller.identify(name);
    }
}
