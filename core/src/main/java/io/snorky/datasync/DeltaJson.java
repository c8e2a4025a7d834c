package io.snorky.datasync;

import io.snorky.Message;
import io.snorky.json.JsonWriter;
import io.snorky.rpc.RpcError;

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
            case "insert" -> new Delta.Insert(name, member(object, "data"));
            case "delete" -> new Delta.Delete(name, member(object, "data"));
            case "update" ->
                    new Delta.Update(name, member(object, "newData"), member(object, "oldData"));
            default -> throw new RpcError("Invalid delta type");
        };
    }

    private static JsonNode member(JsonNode object, String name) {
        JsonNode member = object.get(name);
        if (member == null) {
            throw new RpcError("Missing field");
        }
        return member;
    }

    /** The notification that carries a delta to clients. */
    static Message notification(String service, Delta delta) {
        JsonWriter out =
                new JsonWriter()
                        .raw("{\"service\":")
                        .string(service)
                        .raw(",\"message\":{\"type\":\"delta\",\"delta\":{\"type\":");
        switch (delta) {
            case Delta.Insert(String model, JsonNode data) ->
                    out.raw("\"insert\",\"model\":").string(model).raw(",\"data\":").value(data);
            case Delta.Delete(String model, JsonNode data) ->
                    out.raw("\"delete\",\"model\":").string(model).raw(",\"data\":").value(data);
            case Delta.Update(String model, JsonNode newData, JsonNode oldData) ->
                    out.raw("\"update\",\"model\":")
                            .string(model)
                            .raw(",\"newData\":")
                            .value(newData)
                            .raw(",\"oldData\":")
                            .value(oldData);
        }
        return Message.ofJson(out.raw("}}}").toBytes());
    }
}
