package io.snorky.examples.todo;

import java.util.UUID;

/**
 * One row of the list, and its JSON: {@code {"id": "0b5e…", "number": 7, "title": "Buy milk",
 * "completed": false, "version": 1}}.
 *
 * @param id chosen by whoever creates the task, so that creating it twice creates it once
 * @param number its place in the order of creation, from 1
 * @param title 1 to {@value TaskFields#TITLE_LIMIT} characters
 * @param completed whether it is done
 * @param version 1 when created, one more with each change: of two states of a task the one with
 *     the higher version is the newer, whichever arrived first
 */
record Task(UUID id, long number, String title, boolean completed, long version) {

    /** The next version, with these fields; this very task if they are what it has. */
    Task with(TaskFields fields) {
        String newTitle = fields.title() == null ? title : fields.title();
        boolean newCompleted = fields.completed() == null ? completed : fields.completed();
        if (newTitle.equals(title) && newCompleted == completed) {
            return this;
        }
        return new Task(id, number, newTitle, newCompleted, version + 1);
    }
}
