package io.snorky.examples.todo;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;

/** Talks to the application as a page does. */
final class RestClient implements AutoCloseable {

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI base;

    /** An answer: its status, its headers, its body as text. */
    record Answer(HttpResponse<String> response) {
        int status() {
            return response.statusCode();
        }

        JsonNode json() {
            return JsonMapper.shared().readTree(response.body());
        }

        String error() {
            return json().path("error").stringValue();
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }
    }

    RestClient(String address) {
        base = URI.create(address);
    }

    Answer get(String path, String... headers) {
        return send("GET", path, "", headers);
    }

    Answer json(String method, String path, String body) {
        return send(method, path, body, "Content-Type", "application/json");
    }

    Answer delete(String path) {
        return send("DELETE", path, "");
    }

    /** Adds a task; returns its id. */
    String add(String title) {
        String body = JsonMapper.shared().createObjectNode().put("title", title).toString();
        return json("POST", "/api/tasks", body).json().path("id").stringValue();
    }

    List<String> titles() {
        return get("/api/tasks")
                .json()
                .valueStream()
                .map(t -> t.path("title").stringValue())
                .toList();
    }

    Answer send(String method, String path, String body, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(base.resolve(path))
                        .method(method, BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return new Answer(http.send(request.build(), BodyHandlers.ofString()));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
