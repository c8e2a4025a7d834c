package io.snorky.server.sockjs;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.snorky.server.policy.OriginPolicy;

import org.jspecify.annotations.Nullable;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whose pages may ask. Browsers do not tell the origin of a page that loads a script or shows a
 * frame; they do tell the page, or whether it is a stranger. Threads: immutable.
 */
final class Origins {

    private static final String SITE = "Sec-Fetch-Site";
    private static final Pattern ORIGIN_OF_PAGE = Pattern.compile("([a-z]+://[^/?#]+).*");

    private final OriginPolicy policy;

    Origins(Set<String> allowed) {
        policy = new OriginPolicy(allowed);
    }

    /**
     * @param encrypted whether the connection is
     */
    boolean admit(HttpHeaders request, boolean encrypted) {
        if (policy.admitsAll()) {
            return true;
        }
        String origin = request.get(HttpHeaderNames.ORIGIN);
        if (origin == null) {
            origin = originOfPage(request);
        }
        return policy.admits(origin, request.get(HttpHeaderNames.HOST), encrypted);
    }

    private static @Nullable String originOfPage(HttpHeaders request) {
        String page = request.get(HttpHeaderNames.REFERER);
        if (page != null) {
            Matcher matcher = ORIGIN_OF_PAGE.matcher(page);
            return matcher.matches() ? matcher.group(1) : "null";
        }
        String site = request.get(SITE);
        boolean ownOrNone = site == null || site.equals("same-origin") || site.equals("none");
        return ownOrNone ? null : "null";
    }
}
