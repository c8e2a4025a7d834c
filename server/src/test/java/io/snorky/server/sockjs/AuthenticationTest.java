package io.snorky.server.sockjs;

import static org.assertj.core.api.Assertions.assertThat;

import io.snorky.Client;
import io.snorky.Identification;
import io.snorky.NonBlocking;
import io.snorky.Registry;
import io.snorky.identity.IdentityService;
import io.snorky.identity.RefusedTokens;
import io.snorky.identity.TokenRefusedException;
import io.snorky.rpc.Command;
import io.snorky.rpc.RpcService;
import io.snorky.server.SockJsOptions;
import io.snorky.server.identity.TokenAuthenticator;
import io.snorky.server.wire.HttpReply;
import io.snorky.server.wire.RunningServer;
import io.snorky.server.wire.Wire;
import io.snorky.server.wire.WireWebSocket;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import tools.jackson.databind.JsonNode;

/** Who may begin a session, and as whom. */
class AuthenticationTest {

    private static final String QUESTION =
            "[\"{\\\"service\\\":\\\"me\\\",\\\"message\\\":{\\\"command\\\":\\\"name\\\","
                    + "\\\"params\\\":{}}}\"]";
    private static final String NOT_AUTHENTICATED = "c[4401,\"Not authenticated\"]\n";

    @NonBlocking
    private static final class WhoAmI extends RpcService {

        WhoAmI() {
            super("me");
        }

        @Command
        JsonNode name(Client caller) {
            return caller.identity();
        }
    }

    private static Identification verify(String token) throws TokenRefusedException {
        if (!token.equals("alice")) {
            throw new TokenRefusedException("sub: of nobody (expected: alice)");
        }
        return Identification.of(token);
    }

    @RegisterExtension
    static final RunningServer SERVER =
            new RunningServer(at ->
                    at.sockJs(
                            "/sockjs",
                            SockJsOptions.DEFAULT.withAuthenticator(
                                    TokenAuthenticator.of(
                                            AuthenticationTest::verify, new RefusedTokens())),
                            new Registry(
                                    new IdentityService("identity", AuthenticationTest::verify),
                                    new WhoAmI())));

    private final Http http = new Http(SERVER);

    @Test
    void a_session_is_of_whom_its_first_request_proves() {
        HttpReply opened = http.ask(Http.post("/sockjs/000/good/xhr?token=alice", ""));
        assertThat(opened.body()).isEqualTo("o\n");

        http.sends("/sockjs/000/good", QUESTION);

        assertThat(http.polls("/sockjs/000/good")).contains("\\\"data\\\":\\\"alice\\\"");
    }

    @Test
    void who_proves_nothing_is_told_so_by_polling() {
        HttpReply reply = http.ask(Http.post("/sockjs/000/bad/xhr?token=mallory", ""));

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body()).isEqualTo(NOT_AUTHENTICATED);
        HttpReply sent = http.ask(Http.post("/sockjs/000/bad/xhr_send", QUESTION));
        assertThat(sent.status()).isEqualTo(404);
    }

    @Test
    void who_proves_nothing_is_told_so_by_streaming() {
        String request = Http.post("/sockjs/000/worse/xhr_streaming?token=mallory", "");
        try (Wire stream = http.begin(request)) {
            assertThat(stream.replyWithoutBody().status()).isEqualTo(200);
            assertThat(stream.chunk()).isEqualTo("h".repeat(2048) + "\n");
            assertThat(stream.chunk()).isEqualTo(NOT_AUTHENTICATED);
        }
    }

    @Test
    void who_proves_nothing_is_told_so_by_a_framed_websocket() {
        try (var client =
                WireWebSocket.on(SERVER.connect(), "/sockjs/000/ws/websocket?token=mallory")) {
            client.hears("o");
            client.hears(NOT_AUTHENTICATED.strip());
        }
    }

    @Test
    void who_brings_no_token_may_send_it_first() {
        http.opens("/sockjs/000/first");
        http.sends(
                "/sockjs/000/first",
                "[\"{\\\"service\\\":\\\"identity\\\",\\\"message\\\":{\\\"command\\\":"
                        + "\\\"authenticate\\\",\\\"params\\\":{\\\"token\\\":\\\"alice\\\"}}}\"]");
        http.sends("/sockjs/000/first", QUESTION);

        String heard = "";
        while (!heard.contains("\\\"service\\\":\\\"me\\\"")) {
            heard = http.polls("/sockjs/000/first");
        }
        assertThat(heard).contains("\\\"data\\\":\\\"alice\\\"");
    }

    @Test
    void who_sends_something_else_first_is_sent_away() {
        http.opens("/sockjs/000/hasty");
        http.sends("/sockjs/000/hasty", QUESTION);

        assertThat(http.polls("/sockjs/000/hasty")).isEqualTo(NOT_AUTHENTICATED);
    }
}
