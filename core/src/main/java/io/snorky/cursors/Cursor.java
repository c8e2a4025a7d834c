package io.snorky.cursors;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * One cursor of a document. Equal to itself only: its updates replace each other.
 *
 * <p>Threads: belongs to the service's lane.
 */
final class Cursor {

    /** Where it is and how it looks: any JSON values. */
    record State(JsonNode position, JsonNode status) {

        /** The same with what an update says; other members of it are ignored. */
        State with(JsonNode newData) {
            return new State(
                    newData.has("position") ? newData.path("position") : position,
                    newData.has("status") ? newData.path("status") : status);
        }
    }

    final Document.Place place;
    final int publicHandle;
    State state;

    Cursor(Document.Place place, int publicHandle, State state) {
        this.place = place;
        this.publicHandle = publicHandle;
        this.state = state;
    }

    /** As others are told of it. */
    ObjectNode json(State as) {
        ObjectNode json = bare();
        json.set("position", as.position);
        json.set("status", as.status);
        json.set("owner", place.identity());
        return json;
    }

    /** What tells it from others. */
    ObjectNode bare() {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("publicHandle", publicHandle);
        json.set("document", place.document().name);
        return json;
    }
}
