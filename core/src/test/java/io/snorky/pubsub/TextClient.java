package io.snorky.pubsub;

import io.snorky.Client;
import io.snorky.Registry;
import io.snorky.testkit.TestClient;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.util.List;

/** A client whose every text matters, to the last character. They are in single quotes. */
final class TextClient {

    private final TestClient client;

    private TextClient(TestClient client) {
        this.client = client;
    }

    static TextClient connect(Registry registry) {
        return new TextClient(TestClient.connect(registry));
    }

    static TextClient visit(Registry registry) {
        return new TextClient(TestClient.visit(registry));
    }

    Client client() {
        return client.client();
    }

    void hasRoomFor(int messages) {
        client.hasRoomFor(messages);
    }

    void leaves() {
        client.leaves();
    }

    /** Calls a command with call id 1. */
    void calls(String service, String command, String params) {
        client.says(
                "{'service':'%s','message':{'command':'%s','params':%s,'callId':1}}"
                        .formatted(service, command, params)
                        .replace('\'', '"'));
    }

    /** Calls a command; what it hears next. */
    String asks(String service, String command, String params) {
        calls(service, command, params);
        return next();
    }

    String next() {
        return client.next();
    }

    /** The member {@code message} of the next thing it hears. */
    JsonNode nextMessage() {
        return JsonMapper.shared().readTree(next().replace('\'', '"')).get("message");
    }

    /** All that it has heard since. */
    List<String> heard() {
        return client.heard();
    }

    /** The answer to a call with call id 1. */
    static String response(String service, String data) {
        return "{'service':'%s','message':{'type':'response','callId':1,'data':%s}}"
                .formatted(service, data);
    }

    /** The refusal of a call with call id 1. */
    static String error(String service, String text) {
        return "{'service':'%s','message':{'type':'error','callId':1,'message':'%s'}}"
                .formatted(service, text);
    }
}
