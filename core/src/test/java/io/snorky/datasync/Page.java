package io.snorky.datasync;

import static io.snorky.testkit.Json.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.snorky.testkit.TestClient;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.util.ArrayList;
import java.util.List;

/** A client that understands offsets, and what it has heard, in short. */
final class Page {

    final TestClient client;

    /** The offset of the last delta, or what the last reply or notice said. */
    String offset = "";

    Page(World world) {
        client = world.connect();
    }

    /** Asks for a subscription from where it waits; what is heard comes with {@link #heard}. */
    void acquires(String token) {
        acquires(token, "null", "");
    }

    void resumes(String token, String from) {
        acquires(token, "'" + from + "'", "");
    }

    void acquires(String token, String from, String more) {
        client.call(
                "datasync",
                "acquireSubscription",
                json("{'token':'%s','offset':%s%s}".formatted(token, from, more)));
    }

    /**
     * What it has heard since it was asked last: {@code insert 1}, {@code red: delete 1} with a
     * tag, {@code started}, {@code position}, {@code resync}, or an error's text.
     */
    List<String> heard() {
        List<String> heard = new ArrayList<>();
        for (String text : client.heard()) {
            JsonNode message = JsonMapper.shared().readTree(text.replace('\'', '"')).get("message");
            heard.add(
                    switch (message.get("type").stringValue()) {
                        case "response" -> reply(message.get("data"));
                        case "error" -> message.get("message").stringValue();
                        case "delta" -> delta(message);
                        case "position" -> told("position", message);
                        default -> message.get("type").stringValue();
                    });
        }
        return heard;
    }

    private String reply(JsonNode data) {
        return data.isNull() ? "done" : told("started", data);
    }

    private String told(String what, JsonNode message) {
        offset = message.get("offset").stringValue();
        return what;
    }

    private String delta(JsonNode message) {
        if (message.has("offset")) {
            offset = message.get("offset").stringValue();
        }
        JsonNode delta = message.get("delta");
        String type = delta.get("type").stringValue();
        JsonNode row = delta.get(type.equals("update") ? "newData" : "data");
        String tag = delta.has("tag") ? delta.get("tag").stringValue() + ": " : "";
        assertThat(row.has("id")).isTrue();
        return tag + type + " " + row.get("id");
    }
}
