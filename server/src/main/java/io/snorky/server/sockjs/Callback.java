package io.snorky.server.sockjs;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.snorky.server.http.HttpAnswer;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a client wants to be called with a frame: a name that is safe inside a script. */
final class Callback {

    static final Optional<HttpAnswer> REQUIRED = refusal("\"callback\" parameter required");
    static final Optional<HttpAnswer> INVALID = refusal("invalid \"callback\" parameter");

    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9-_.]{1,32}");

    private Callback() {}

    private static Optional<HttpAnswer> refusal(String why) {
        return Optional.of(HttpAnswer.text(HttpResponseStatus.INTERNAL_SERVER_ERROR, why));
    }

    /** The answer to a request whose name is missing or could be more than a name. */
    static Optional<HttpAnswer> refuse(String uri) {
        Optional<String> name;
        try {
            name = find(uri);
        } catch (IllegalArgumentException e) {
            return INVALID;
        }
        if (name.isEmpty() || name.get().isEmpty()) {
            return REQUIRED;
        }
        return NAME.matcher(name.get()).matches() ? Optional.empty() : INVALID;
    }

    /** The name of a request that has not been refused. */
    static String of(String uri) {
        return find(uri).orElseThrow();
    }

    private static Optional<String> find(String uri) {
        Map<String, List<String>> query =
                new QueryStringDecoder(uri, StandardCharsets.UTF_8, true, 64, true).parameters();
        List<String> values = query.getOrDefault("c", query.getOrDefault("callback", List.of()));
        return values.stream().findFirst();
    }
}
