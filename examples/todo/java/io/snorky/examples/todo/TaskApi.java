package io.snorky.examples.todo;

import java.io.IOException;
import java.sql.SQLException;
import java.util.UUID;

/**
 * The REST API.
 *
 * <pre>
 * GET    /api/tasks                  all tasks; with X-Snorky: Subscribe also a subscription
 * POST   /api/tasks                  {"title", "id"?, "completed"?}: adds one
 * PATCH  /api/tasks                  {"completed"}: all tasks; answers with those it changed
 * DELETE /api/tasks?completed=true   the completed ones; answers with them
 * GET    /api/tasks/{id}             one task
 * PATCH  /api/tasks/{id}             {"title"?, "completed"?}: changes what is given
 * PUT    /api/tasks/{id}             {"title", "completed"}: replaces both
 * DELETE /api/tasks/{id}             answers 204, also if it was gone before
 * </pre>
 *
 * <p>Threads: may be shared.
 */
final class TaskApi implements Route {

    static final String PATH = "/api/tasks";

    private static final String COMPLETED = "completed=true";

    private final Tasks tasks;
    private final Subscriptions subscriptions;

    TaskApi(Tasks tasks, Subscriptions subscriptions) {
        this.tasks = tasks;
        this.subscriptions = subscriptions;
    }

    @Override
    public void serve(Exchange exchange) throws IOException, SQLException, InterruptedException {
        String path = exchange.path();
        if (path.equals(PATH)) {
            serveList(exchange);
            return;
        }
        String id = path.startsWith(PATH + "/") ? path.substring(PATH.length() + 1) : "";
        serveTask(exchange, TaskIds.parse(id).orElseThrow(() -> ApiError.notFound(path)));
    }

    private void serveList(Exchange exchange)
            throws IOException, SQLException, InterruptedException {
        switch (exchange.method()) {
            case "GET" -> list(exchange);
            case "POST" -> add(exchange);
            case "PATCH" -> completeAll(exchange);
            case "DELETE" -> deleteCompleted(exchange);
            default ->
                    throw ApiError.methodNotAllowed(exchange.method(), "GET, POST, PATCH, DELETE");
        }
    }

    private void serveTask(Exchange exchange, UUID id) throws IOException, SQLException {
        switch (exchange.method()) {
            case "GET" -> exchange.reply(200, find(id));
            case "PATCH" -> exchange.reply(200, change(id, TaskFields.of(exchange.json())));
            case "PUT" -> exchange.reply(200, replace(id, TaskFields.of(exchange.json())));
            case "DELETE" -> {
                tasks.delete(id);
                exchange.replyNothing();
            }
            default ->
                    throw ApiError.methodNotAllowed(exchange.method(), "GET, PATCH, PUT, DELETE");
        }
    }

    /** The token first: what changes after it is delivered, even if the query misses it. */
    private void list(Exchange exchange) throws IOException, SQLException, InterruptedException {
        if (subscriptions.isRequested(exchange)) {
            exchange.setHeader(Subscriptions.ANSWER_HEADER, subscriptions.authorize());
        }
        exchange.reply(200, tasks.all());
    }

    private void add(Exchange exchange) throws IOException, SQLException {
        TaskFields fields = TaskFields.of(exchange.json());
        UUID id = fields.id() == null ? UUID.randomUUID() : fields.id();
        boolean completed = Boolean.TRUE.equals(fields.completed());
        Task task = tasks.add(id, fields.requiredTitle(), completed);
        exchange.setHeader("Location", PATH + "/" + id);
        exchange.reply(201, task);
    }

    private void completeAll(Exchange exchange) throws IOException, SQLException {
        TaskFields fields = TaskFields.of(exchange.json());
        exchange.reply(200, tasks.completeAll(fields.requiredCompleted()));
    }

    private void deleteCompleted(Exchange exchange) throws IOException, SQLException {
        if (!exchange.query().equals(COMPLETED)) {
            throw new ApiError(
                    400, "query: ?" + exchange.query() + " (expected: ?" + COMPLETED + ")");
        }
        exchange.reply(200, tasks.deleteCompleted());
    }

    private Task find(UUID id) throws SQLException {
        return tasks.find(id).orElseThrow(() -> unknown(id));
    }

    private Task change(UUID id, TaskFields fields) throws SQLException {
        if (fields.id() != null && !fields.id().equals(id)) {
            throw ApiError.invalid("id", fields.id(), "the one in the address, or none");
        }
        return tasks.change(id, fields).orElseThrow(() -> unknown(id));
    }

    private Task replace(UUID id, TaskFields fields) throws SQLException {
        fields.requiredTitle();
        fields.requiredCompleted();
        return change(id, fields);
    }

    private static ApiError unknown(UUID id) {
        return ApiError.notFound("task " + id);
    }
}
