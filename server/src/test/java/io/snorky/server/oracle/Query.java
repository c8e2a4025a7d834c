package io.snorky.server.oracle;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The same question in two languages, made together and evaluated by those who know nothing of each
 * other.
 *
 * @param dealer who knows the answer in Snorky
 * @param query what it is asked
 * @param where what the database is asked
 */
record Query(Model model, String dealer, JsonNode query, String where) {

    /** Of a subscription, on the wire. */
    ObjectNode item(@Nullable String tag) {
        ObjectNode item = JsonNodeFactory.instance.objectNode().put("dealer", dealer);
        item.set("query", query);
        if (tag != null) {
            item.put("tag", tag);
        }
        return item;
    }

    @Override
    public String toString() {
        return model.text + " WHERE " + where + " (" + dealer + " " + query + ")";
    }
}
