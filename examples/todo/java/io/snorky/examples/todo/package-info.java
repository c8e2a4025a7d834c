/**
 * A shared list of tasks: a small web application of its own, with a REST API over a SQL database,
 * that tells a Snorky server about each change. Start reading at {@link
 * io.snorky.examples.todo.TodoApplication}.
 */
@NullMarked
package io.snorky.examples.todo;

import org.jspecify.annotations.NullMarked;
