package io.snorky.server.sockjs;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;

/** Headers that belong together, put into those of an answer. */
final class HeaderGroups {

    private static final Duration YEAR = Duration.ofDays(365);
    private static final DateTimeFormatter HTTP_DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US);
    private static final String COOKIE = "JSESSIONID";

    private HeaderGroups() {}

    /** Keeps caches and proxies from keeping or changing the answer. */
    static void noCache(Map<CharSequence, String> to) {
        to.put(
                HttpHeaderNames.CACHE_CONTROL,
                "no-store, no-cache, no-transform, must-revalidate, max-age=0");
    }

    /** Lets everybody keep the answer. */
    static void cacheForAYear(Map<CharSequence, String> to) {
        to.put(HttpHeaderNames.CACHE_CONTROL, "public, max-age=" + YEAR.toSeconds());
        to.put(
                HttpHeaderNames.EXPIRES,
                HTTP_DATE.format(ZonedDateTime.now(ZoneOffset.UTC).plus(YEAR)));
    }

    /**
     * Lets the page that asks read the answer.
     *
     * @param admitted whether the page may
     */
    static void crossOrigin(HttpHeaders request, boolean admitted, Map<CharSequence, String> to) {
        to.put(HttpHeaderNames.VARY, "Origin");
        if (!admitted) {
            return;
        }
        String origin = request.get(HttpHeaderNames.ORIGIN);
        if (origin == null) {
            to.put(HttpHeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, "*");
        } else {
            to.put(HttpHeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, origin);
            to.put(HttpHeaderNames.ACCESS_CONTROL_ALLOW_CREDENTIALS, "true");
        }
        String wanted = request.get(HttpHeaderNames.ACCESS_CONTROL_REQUEST_HEADERS);
        if (wanted != null && !wanted.isEmpty()) {
            to.put(HttpHeaderNames.ACCESS_CONTROL_ALLOW_HEADERS, wanted);
        }
    }

    /** Says which methods a page may use, for as long as an answer may be kept. */
    static void preflight(String methods, Map<CharSequence, String> to) {
        cacheForAYear(to);
        to.put(HttpHeaderNames.ACCESS_CONTROL_ALLOW_METHODS, methods);
        to.put(HttpHeaderNames.ACCESS_CONTROL_MAX_AGE, Long.toString(YEAR.toSeconds()));
    }

    /** Sets the cookie that load balancers go by, to what it is or to something. */
    static void sessionCookie(HttpHeaders request, Map<CharSequence, String> to) {
        String value = null;
        for (String header : request.getAll(HttpHeaderNames.COOKIE)) {
            for (String pair : header.split(";", -1)) {
                String stripped = pair.strip();
                if (value == null && stripped.startsWith(COOKIE + "=")) {
                    value = stripped.substring(COOKIE.length() + 1);
                }
            }
        }
        String shown = isCookieValue(value) ? value : "dummy";
        to.put(HttpHeaderNames.SET_COOKIE, COOKIE + "=" + shown + "; path=/");
    }

    /** RFC 6265, section 4.1.1. */
    private static boolean isCookieValue(@Nullable String value) {
        return value != null
                && !value.isEmpty()
                && value.chars().allMatch(c -> c > ' ' && c < 0x7f && "\",;\\".indexOf(c) < 0);
    }
}
