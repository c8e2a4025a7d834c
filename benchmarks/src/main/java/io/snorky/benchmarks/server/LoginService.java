package io.snorky.benchmarks.server;

import io.snorky.Client;
import io.snorky.NonBlocking;
import io.snorky.rpc.Command;
import io.snorky.rpc.RpcService;

import tools.jackson.databind.JsonNode;

/** Believes everybody. */
@NonBlocking
public final class LoginService extends RpcService {

    public LoginService() {
        super("auth");
    }

    @Command
    void login(Client caller, JsonNode name) {
        caller.identify(name);
    }
}
