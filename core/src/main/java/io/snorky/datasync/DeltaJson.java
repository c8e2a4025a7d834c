package io.snorky.datasync;

import io.snorky.json.JsonWriter;
import io.snorky.rpc.RpcError;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.List;

/** Deltas on the wire. */
final class DeltaJson {

    private DeltaJson() {}

    /**
     * Reads a list of deltas; unknown members are dropped.
     *
     * @throws RpcError if any is not a delta, in the words of the protocol
     */
    static List<Delta> read(JsonNode deltas) {
        List<Delta> read = new ArrayList<>();
        for (JsonNode element : objects(deltas)) {
            read.add(delta(element));
        }
        return read;
    }

    /**
     * The elements of a list of objects.
     *
     * @throws RpcError if it is something else
     */
    static List<JsonNode> objects(JsonNode list) {
        if (!list.isArray()) {
            throw new RpcError("Invalid params");
        }
        List<JsonNode> elements = new ArrayList<>(list.size());
        for (JsonNode element : list) {
            if (!element.isObject()) {
                throw new RpcError("Invalid params");
            }
            elements.add(element);
        }
        return elements;
    }

    private static Delta delta(JsonNode object) {
        JsonNode type = member(object, "type");
        JsonNode model = member(object, "model");
        if (!model.isString()) {
            throw new RpcError("model must be string");
        }
        String name = model.stringValue();
        return switch (type.isString() ? type.stringValue() : "") {
            case "insert" -> new Delta.Insert(name, member(object, "data"), version(object));
            case "delete" -> new Delta.Delete(name, member(object, "data"), version(object));
            case "update" ->
                    new Delta.Update(
                            name,
                            member(object, "newData"),
                            member(object, "oldData"),
                            version(object));
            default -> throw new RpcError("Invalid delta type");
        };
    }

    private static @Nullable Long version(JsonNode object) {
        JsonNode version = object.get("version");
        if (version == null) {
            return null;
        }
        if (!version.isIntegralNumber()
                || !version.canConvertToLong()
                || version.longValue() < 0
                || version.longValue() > Delta.MAX_VERSION) {
            throw new RpcError("version", version, "an integer from 0 to " + Delta.MAX_VERSION);
        }
        return version.longValue();
    }

    private static JsonNode member(JsonNode object, String name) {
        JsonNode member = object.get(name);
        if (member == null) {
            throw new RpcError("Missing field");
        }
        return member;
    }

    /**
     * Writes a delta.
     *
     * @param tag told with it, unless null
     */
    static void write(Delta delta, @Nullable String tag, JsonWriter out) {
        switch (delta) {
            case Delta.Insert insert ->
                    begin("insert", delta, out).raw(",\"data\":").value(insert.data());
            case Delta.Delete delete ->
                    begin("delete", delta, out).raw(",\"data\":").value(delete.data());
            case Delta.Update update ->
                    begin("update", delta, out)
                            .raw(",\"newData\":")
                            .value(update.newData())
                            .raw(",\"oldData\":")
                            .value(update.oldData());
        }
        if (delta.version() != null) {
            out.raw(",\"version\":").value(delta.version());
        }
        if (tag != null) {
            out.raw(",\"tag\":").string(tag);
        }
        out.raw("}");
    }

    private static JsonWriter begin(String type, Delta delta, JsonWriter out) {
        return out.raw("{\"type\":").string(type).raw(",\"model\":").string(delta.model());
    }
}
