package io.snorky.sync;

import io.snorky.Message;
import io.snorky.json.JsonWriter;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** What a browser is sent: {@code {"type": …, "data": …}}. */
final class Frames {

    static final Message REQUEST_USER_SESSION =
            Message.ofJson(new JsonWriter().raw("{\"type\":\"_REQUEST_USER_SESSION\"}").toBytes());

    private Frames() {}

    /** The beginning of an event, to be followed by its data and {@link #end}. */
    static JsonWriter begin(String type) {
        return new JsonWriter().raw("{\"type\":").string(type).raw(",\"data\":");
    }

    static Message end(JsonWriter event) {
        return Message.ofJson(event.raw("}").toBytes());
    }

    static Message event(String type, @Nullable Object data) {
        return end(begin(type).value(data));
    }

    /** The call of an action in the browser. */
    static Message action(String key, String name, Map<String, ?> arguments) {
        return event("_ACTION:" + key, call(name, arguments));
    }

    /** The same with bytes. */
    static Message action(String key, String name, byte[] bytes, Map<String, ?> arguments) {
        Map<String, Object> meta = new LinkedHashMap<>();
        meta.put("type", "_ACTION:" + key);
        meta.put("metadata", call(name, arguments));
        return event("_BIN_META", meta).followedBy(bytes);
    }

    private static Map<String, Object> call(String name, Map<String, ?> arguments) {
        if (arguments.containsKey("type")) {
            throw new IllegalArgumentException(
                    "arguments: type (expected: other names, this one is taken)");
        }
        Map<String, Object> call = new LinkedHashMap<>();
        call.put("type", name);
        call.putAll(arguments);
        return call;
    }

    /**
     * The state of an object, or a change of it.
     *
     * @param revision that it leads to
     * @param ids of writes of the browser that are in it
     */
    static Message state(String type, long revision, List<String> ids, Consumer<JsonWriter> data) {
        JsonWriter out = new JsonWriter().raw("{\"type\":").string(type);
        out.raw(",\"v\":").value(revision);
        if (!ids.isEmpty()) {
            out.raw(",\"ack\":").value(ids);
        }
        out.raw(",\"data\":");
        data.accept(out);
        return end(out);
    }

    /** What a browser asked for has been done, and this is the revision of the object now. */
    static Message ack(String id, long revision) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("id", id);
        data.put("v", revision);
        return event("_ACK", data);
    }

    /**
     * @param id by which the browser knows it, null if it has none
     * @param event whose event it was, null if nobody can tell
     * @param action of which action, null if of none
     */
    static Message error(
            ErrorCode code,
            String message,
            @Nullable String id,
            @Nullable String event,
            @Nullable String action) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("code", code.wireName());
        data.put("message", message);
        if (id != null) {
            data.put("id", id);
        }
        if (event != null) {
            data.put("event", event);
        }
        if (action != null) {
            data.put("action", action);
        }
        return event("_ERROR", data);
    }
}
