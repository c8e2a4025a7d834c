package io.snorky;

import io.snorky.json.JsonDocument;

import tools.jackson.databind.JsonNode;

/** A service that takes messages as they are, and answers, if it does, with messages of its own. */
public abstract class MessageService extends Service {

    /**
     * @param name under which clients address it, unique in its registry; not empty
     */
    protected MessageService(String name) {
        super(name);
    }

    /**
     * Handles one message. See {@link Service} for the thread it runs in.
     *
     * @param message any JSON value
     */
    protected abstract void messageReceived(Client client, JsonNode message);

    @Override
    protected final Handling handle(Client client, JsonDocument document, int message) {
        JsonNode tree = document.tree(message);
        return new Handling.Task(
                name(), inLane(() -> messageReceived(client, tree)), !isNonBlocking());
    }
}
