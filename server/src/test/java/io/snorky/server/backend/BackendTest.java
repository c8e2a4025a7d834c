package io.snorky.server.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.snorky.Client;
import io.snorky.ConfigurationException;
import io.snorky.MessageService;
import io.snorky.Registry;
import io.snorky.rpc.Command;
import io.snorky.rpc.RpcService;
import io.snorky.server.BackendOptions;
import io.snorky.server.SnorkyServer;
import io.snorky.server.wire.HttpReply;
import io.snorky.server.wire.Post;
import io.snorky.server.wire.RunningServer;
import io.snorky.server.wire.Wire;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.databind.JsonNode;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;

class BackendTest {

    private static final Slow SLOW = new Slow();

    private static final BackendOptions IMPATIENT =
            new BackendOptions(1000, Duration.ofMillis(500));

    @RegisterExtension
    static final RunningServer SERVER =
            new RunningServer(at ->
                    at.httpBackend(
                                    "/backend",
                                    List.of(Post.KEY, "marlin"),
                                    BackendOptions.DEFAULT,
                                    new Registry(SLOW, new Talkative()))
                            .httpBackend(
                                    "/impatient",
                                    List.of(Post.KEY),
                                    IMPATIENT,
                                    new Registry(SLOW)));

    @AutoClose private Wire wire;

    @BeforeEach
    void connect() {
        wire = SERVER.connect();
    }

    /** Answers when the test does. */
    private static final class Slow extends RpcService {

        private final BlockingQueue<CompletableFuture<String>> asked = new LinkedBlockingQueue<>();

        Slow() {
            super("slow");
        }

        @Command
        CompletionStage<String> later() {
            var answer = new CompletableFuture<String>();
            asked.add(answer);
            return answer;
        }

        @Command
        String block() throws InterruptedException {
            var answer = new CompletableFuture<String>();
            asked.add(answer);
            return answer.join();
        }
    }

    /** Says three things where one is wanted, and hangs up in between. */
    private static final class Talkative extends MessageService {

        Talkative() {
            super("talkative");
        }

        @Override
        protected void messageReceived(Client client, JsonNode message) {
            send(client, 1);
            client.close(io.snorky.CloseReason.NORMAL);
            send(client, 2);
            send(client, 3);
        }

        @Override
        protected void clientConnected(Client client) {
            throw new IllegalStateException("requests do not connect");
        }
    }

    private static String call(String command) {
        return Post.body(
                "{\"service\":\"slow\",\"message\":{\"command\":\"%s\",\"params\":{}}}"
                        .formatted(command));
    }

    private static String reply(String data) {
        return "{\"service\":\"slow\",\"message\":{\"type\":\"response\",\"data\":\"%s\"}}"
                .formatted(data);
    }

    @ParameterizedTest
    @ValueSource(strings = {"later", "block"})
    void a_command_that_takes_its_time_keeps_the_request_open(String command) throws Exception {
        wire.write(call(command));

        SLOW.asked.take().complete("done");

        HttpReply reply = wire.reply();
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("content-type")).isEqualTo("application/json; charset=utf-8");
        assertThat(reply.body()).isEqualTo(reply("done"));
    }

    @Test
    void one_that_takes_too_long_is_answered_with_504_and_its_answer_dropped() throws Exception {
        String impatient = call("later").replace("/backend", "/impatient");
        wire.write(impatient);
        assertThat(wire.reply().status()).isEqualTo(504);
        SLOW.asked.take().complete("too late");

        wire.write(impatient);
        SLOW.asked.take().complete("in time");
        assertThat(wire.reply().body()).isEqualTo(reply("in time"));
    }

    @Test
    void the_first_message_of_a_service_is_the_answer_and_the_others_are_dropped() {
        for (int i = 0; i < 3; i++) {
            wire.write(Post.body("{\"service\":\"talkative\",\"message\":null}"));
            assertThat(wire.reply().body()).isEqualTo("{\"service\":\"talkative\",\"message\":1}");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"swordfish", "marlin"})
    void each_of_several_keys_opens_it(String key) {
        wire.write(Post.body("{}").replace(Post.KEY, key));

        assertThat(wire.reply().status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "swordfis", "swordfish2", "SWORDFISH", "swordfish,marlin", "swordfısh"})
    void no_other_does(String key) {
        wire.write(Post.body("{}").replace(Post.KEY, key));

        assertThat(wire.reply().status()).isEqualTo(401);
    }

    @Test
    void without_a_key_it_stays_closed() {
        wire.write(Post.body("{}").replace("X-Backend-Key", "X-Other"));

        assertThat(wire.reply().status()).isEqualTo(401);
    }

    @Test
    void a_back_end_needs_a_key_to_be_started() {
        var builder = SnorkyServer.builder();

        assertThatThrownBy(() -> builder.listen(0, at -> at.httpBackend("/backend", "")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("key");
        assertThatThrownBy(() ->
                        builder.listen(
                                0,
                                at ->
                                        at.httpBackend(
                                                "/backend",
                                                List.of(),
                                                BackendOptions.DEFAULT,
                                                new Registry())))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("key");
    }
}
