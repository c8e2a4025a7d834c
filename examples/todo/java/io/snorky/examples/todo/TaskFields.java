package io.snorky.examples.todo;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.util.UUID;

/**
 * What a request says about a task: any of {@code {"id": "0b5e…", "title": "Buy milk", "completed":
 * true}}. A member that is absent stays as it is. The title comes without the white space around
 * it.
 */
record TaskFields(@Nullable UUID id, @Nullable String title, @Nullable Boolean completed) {

    /** Length of a title at most, in UTF-16 units. */
    static final int TITLE_LIMIT = 500;

    private static final String EXPECTED_TITLE =
            "a string of 1 to " + TITLE_LIMIT + " characters, none of them a control character";

    private static final String EXPECTED_COMPLETED = "true or false";

    static TaskFields completed(boolean completed) {
        return new TaskFields(null, null, completed);
    }

    /**
     * Reads and checks the members.
     *
     * @throws ApiError 422, if one is not what it has to be, or is none of a task's
     */
    static TaskFields of(JsonNode body) {
        if (!body.isObject()) {
            throw ApiError.invalid("body", body, "an object");
        }
        for (String name : body.propertyNames()) {
            switch (name) {
                case "id", "title", "completed" -> {}
                default -> throw ApiError.invalid(name, body.get(name), "id, title or completed");
            }
        }
        return new TaskFields(id(body), title(body), completed(body));
    }

    /**
     * @throws ApiError 422, if it was not given
     */
    String requiredTitle() {
        if (title == null) {
            throw ApiError.missing("title", EXPECTED_TITLE);
        }
        return title;
    }

    /**
     * @throws ApiError 422, if it was not given
     */
    boolean requiredCompleted() {
        if (completed == null) {
            throw ApiError.missing("completed", EXPECTED_COMPLETED);
        }
        return completed;
    }

    private static @Nullable UUID id(JsonNode body) {
        JsonNode id = body.get("id");
        if (id == null) {
            return null;
        }
        return TaskIds.parse(id.isString() ? id.stringValue() : "")
                .orElseThrow(() -> ApiError.invalid("id", id, TaskIds.EXPECTED));
    }

    private static @Nullable String title(JsonNode body) {
        JsonNode title = body.get("title");
        if (title == null) {
            return null;
        }
        String text = title.isString() ? title.stringValue().strip() : "";
        if (text.isEmpty() || text.length() > TITLE_LIMIT || !isPlainText(text)) {
            throw ApiError.invalid("title", title, EXPECTED_TITLE);
        }
        return text;
    }

    private static @Nullable Boolean completed(JsonNode body) {
        JsonNode completed = body.get("completed");
        if (completed == null) {
            return null;
        }
        if (!completed.isBoolean()) {
            throw ApiError.invalid("completed", completed, EXPECTED_COMPLETED);
        }
        return completed.booleanValue();
    }

    /** Neither control characters nor halves of surrogate pairs, which not every database takes. */
    private static boolean isPlainText(String text) {
        return text.codePoints()
                .noneMatch(c ->
                        Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE);
    }
}
