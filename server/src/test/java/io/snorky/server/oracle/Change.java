package io.snorky.server.oracle;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * One change of one row.
 *
 * @param before null if the row was not there
 * @param after null if it is there no longer
 * @param revision of the row after it
 */
record Change(Model model, @Nullable Row before, @Nullable Row after, long revision) {

    long id() {
        if (after != null) {
            return after.id();
        }
        return before == null ? 0 : before.id();
    }

    String type() {
        return before == null ? "insert" : after == null ? "delete" : "update";
    }

    /** As it is published. */
    ObjectNode delta() {
        ObjectNode delta = JsonNodeFactory.instance.objectNode();
        delta.put("type", type()).put("model", model.text);
        if (before != null && after != null) {
            delta.set("newData", after.toJson());
            delta.set("oldData", before.toJson());
        } else if (after != null) {
            delta.set("data", after.toJson());
        } else if (before != null) {
            delta.set("data", before.toJson());
        }
        if (model.versioned) {
            delta.put("version", revision);
        }
        return delta;
    }
}
