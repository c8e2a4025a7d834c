package io.snorky.server.jwt;

import io.snorky.ConfigurationException;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscribers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Asks an address for a key set. Redirects are not followed.
 *
 * <p>Threads: immutable.
 */
final class JwksRequest {

    /**
     * @param maxAge how long the keys can be used before they are to be fetched again
     */
    record Answer(byte[] body, Duration maxAge) {}

    static final int MAX_BYTES = 1 << 20;

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private static final Duration USUAL_AGE = Duration.ofMinutes(10);
    private static final Duration LEAST_AGE = Duration.ofMinutes(1);
    private static final Duration GREATEST_AGE = Duration.ofDays(1);

    private static final int OK = 200;
    private static final Pattern LOOPBACK =
            Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[::1]", Pattern.CASE_INSENSITIVE);
    private static final Pattern MAX_AGE =
            Pattern.compile("(?:^|[,\\s])max-age=(\\d{1,9})\\b", Pattern.CASE_INSENSITIVE);

    private final URI address;
    private final Duration timeout;

    /**
     * @throws ConfigurationException unless it is {@code https}, or {@code http} to a loopback
     *     address
     */
    JwksRequest(URI address) {
        this(address, TIMEOUT);
    }

    /**
     * @param timeout from the first byte that is sent to the last that is received
     */
    JwksRequest(URI address, Duration timeout) {
        this.address = address;
        this.timeout = timeout;
        if (!isSafe(address)) {
            String expected = "https://host[:port]/path, or http:// with a loopback address";
            String problem = "jwks: " + this + " (expected: " + expected + ")";
            throw new ConfigurationException("JWT", List.of(problem));
        }
    }

    private static boolean isSafe(URI address) {
        @Nullable String host = address.getHost();
        if (host == null || address.getUserInfo() != null || address.getFragment() != null) {
            return false;
        }
        return "https".equalsIgnoreCase(address.getScheme())
                || ("http".equalsIgnoreCase(address.getScheme())
                        && LOOPBACK.matcher(host).matches());
    }

    /**
     * Waits for the network.
     *
     * @throws IOException whose message says why there are no keys
     */
    Answer send() throws IOException {
        HttpClient client =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .connectTimeout(CONNECT_TIMEOUT)
                        .build();
        try {
            return send(client);
        } finally {
            client.shutdownNow();
        }
    }

    private Answer send(HttpClient client) throws IOException {
        HttpRequest request =
                HttpRequest.newBuilder(address)
                        .header("Accept", "application/jwk-set+json, application/json")
                        .timeout(timeout)
                        .build();
        try {
            HttpResponse<byte[]> response =
                    client.sendAsync(
                                    request,
                                    head ->
                                            head.statusCode() == OK
                                                    ? new BoundedBody(MAX_BYTES)
                                                    : BodySubscribers.replacing(new byte[0]))
                            .get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            if (response.statusCode() != OK) {
                throw new IOException("status " + response.statusCode() + " (expected: 200)");
            }
            return new Answer(response.body(), maxAge(response));
        } catch (ExecutionException e) {
            throw new IOException(String.valueOf(e.getCause()), e);
        } catch (TimeoutException e) {
            throw new IOException("no answer within " + timeout.toMillis() + " ms", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static Duration maxAge(HttpResponse<?> response) {
        String header = String.join(",", response.headers().allValues("Cache-Control"));
        Matcher found = MAX_AGE.matcher(header);
        if (!found.find()) {
            return USUAL_AGE;
        }
        Duration said = Duration.ofSeconds(Long.parseLong(found.group(1)));
        if (said.compareTo(LEAST_AGE) < 0) {
            return LEAST_AGE;
        }
        return said.compareTo(GREATEST_AGE) > 0 ? GREATEST_AGE : said;
    }

    /** The address without what may be secret in it. */
    @Override
    public String toString() {
        if (address.getHost() == null) {
            return "no host";
        }
        String port = address.getPort() < 0 ? "" : ":" + address.getPort();
        String path = address.getRawPath() == null ? "" : address.getRawPath();
        return address.getScheme() + "://" + address.getHost() + port + path;
    }
}
