package io.snorky.examples.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;

/** A trusted server that talks to the back end. JSON is written with single quotes. */
final class BackEnd {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final URI address;

    BackEnd(URI address) {
        this.address = address;
    }

    /** A request with the right key, to be changed. */
    HttpRequest.Builder request() {
        return HttpRequest.newBuilder(address).header("X-Backend-Key", "swordfish");
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return HTTP.send(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    HttpResponse<String> post(BodyPublisher body) {
        return send(request().POST(body));
    }

    HttpResponse<String> post(String json) {
        return post(BodyPublishers.ofString(Json.of(json)));
    }

    private String call(String name, String params) {
        HttpResponse<String> response = post(Json.call(name, params));
        assertThat(response.statusCode()).isEqualTo(200);
        return response.body();
    }

    /** Calls a command, which must answer with null. */
    void does(String name, String params) {
        replies(name, params, "null");
    }

    void replies(String name, String params, String data) {
        Json.expect(call(name, params), Json.reply(name, data));
    }

    void isRefused(String name, String params, String error) {
        Json.expect(call(name, params), Json.error(name, error, "null"));
    }

    /** Authorises a subscription and gives its token. */
    String authorizes(String service, String items) {
        String body = call(service + ".authorizeSubscription", "{'items':" + items + "}");
        return JsonMapper.shared().readTree(body).at("/message/data").stringValue();
    }

    /** Publishes deltas in one batch. */
    void publishes(String... deltas) {
        does("datasync_backend.publishDeltas", "{'deltas':[" + String.join(",", deltas) + "]}");
    }
}
