package io.snorky.testkit;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

/**
 * A call that a client has made. What is expected of it waits for the answer, if it is not there
 * yet, and takes it.
 *
 * <p>Threads: any.
 */
public final class Call {

    private final Ear ear;
    private final int id;
    private final String service;
    private final String command;
    private final JsonNode params;
    private volatile @Nullable Heard answered;

    Call(Ear ear, int id, String service, String command, JsonNode params) {
        this.ear = ear;
        this.id = id;
        this.service = service;
        this.command = command;
        this.params = params;
    }

    int id() {
        return id;
    }

    /** Whether this is its answer. */
    boolean takes(Heard heard) {
        if (!heard.service().equals(service)) {
            return false;
        }
        answered = heard;
        return true;
    }

    @Nullable Heard answered() {
        return answered;
    }

    /**
     * It is replied to with this.
     *
     * @param data a {@code JsonNode}, or what Jackson can turn into JSON; null if the command
     *     returns nothing. Compared by value
     */
    public void replies(@Nullable Object data) {
        JsonNode expected = Json.valueOf(data);
        JsonNode reply = reply();
        check(Difference.between(reply, expected), reply, expected);
    }

    /** It is replied to with something that has these members, and maybe more. */
    public void repliesLike(Object data) {
        JsonNode expected = Json.valueOf(data);
        JsonNode reply = reply();
        check(Difference.like(reply, expected), reply, expected);
    }

    private void check(@Nullable String difference, JsonNode reply, JsonNode expected) {
        if (difference != null) {
            throw ear.failure(
                    "is replied something else to " + this,
                    "expected: " + Json.text(expected),
                    "    came: " + Json.text(reply),
                    "    that: " + difference);
        }
    }

    /** What it is replied to with. It must not be refused. */
    public JsonNode reply() {
        JsonNode answer = answer().message();
        JsonNode data = answer.get("data");
        if (data == null) {
            throw ear.failure("is refused " + this, "with: " + answer.get("message").asString());
        }
        return data;
    }

    /** It is refused with this text. */
    public void isRefused(String text) {
        String refusal = refusal();
        if (!refusal.equals(text)) {
            throw ear.failure(
                    "is refused something else than expected: " + this,
                    "expected: " + text,
                    "    came: " + refusal);
        }
    }

    /** The text with which it is refused. It must not be replied to. */
    public String refusal() {
        JsonNode answer = answer().message();
        if (answer.has("data")) {
            throw ear.failure(
                    "is not refused " + this, "replied with: " + Json.text(answer.get("data")));
        }
        return answer.get("message").asString();
    }

    /** Whether its answer has come. Does not wait. */
    public boolean isAnswered() {
        return answered != null;
    }

    /** Its answer, whatever it is. */
    public Heard answer() {
        Heard answer = ear.answerTo(this);
        if (answer == null) {
            throw ear.failure(
                    "has no answer within " + ear.patience().toMillis() + " ms to " + this);
        }
        return answer;
    }

    @Override
    public String toString() {
        return service + "." + command + " " + Json.text(params);
    }
}
