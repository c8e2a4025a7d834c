package io.snorky.server.policy;

import org.jspecify.annotations.Nullable;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whose pages may connect. Keeps other sites' pages from acting in the name of their visitors.
 *
 * <p>Threads: immutable, but for what it knows of the latest page, which is replaced in one step.
 */
public final class OriginPolicy {

    private static final String ALL = "*";

    /** What browsers send for pages that have no origin of their own, as local files. */
    private static final String HIDDEN = "null";

    private record Page(String origin, String host, boolean encrypted) {}

    private final boolean all;
    private final boolean hidden;
    private final List<OriginPattern> patterns;

    /** As a rule the next request comes from the same site, and need not be looked at. */
    private volatile @Nullable Page latest;

    /**
     * @param allowed patterns without {@link #problems}
     */
    public OriginPolicy(Set<String> allowed) {
        all = allowed.contains(ALL);
        hidden = allowed.contains(HIDDEN);
        patterns = allowed.stream().map(OriginPattern::parse).flatMap(Optional::stream).toList();
    }

    /** Whether pages of every origin may connect. */
    public boolean admitsAll() {
        return all;
    }

    /** What is no pattern among those that shall be, each as {@code what: value (expected: …)}. */
    public static List<String> problems(Collection<String> allowed) {
        return allowed.stream()
                .filter(text -> !text.equals(ALL) && !text.equals(HIDDEN))
                .filter(text -> OriginPattern.parse(text).isEmpty())
                .map(text ->
                        "allowedOrigins: "
                                + text
                                + " (expected: as https://example.org, https://*.example.org, null"
                                + " or *)")
                .toList();
    }

    /**
     * Whether a page may connect.
     *
     * @param origin the header, null if there is none: then the peer is no page
     * @param host the header, whose port does not matter
     * @param encrypted whether the connection is: then pages that are not are strangers
     */
    public boolean admits(@Nullable String origin, @Nullable String host, boolean encrypted) {
        if (origin == null || all || hidden && origin.equals(HIDDEN)) {
            return true;
        }
        var page = new Page(origin, host == null ? "" : host, encrypted);
        if (page.equals(latest)) {
            return true;
        }
        boolean admitted = admits(page);
        if (admitted) {
            latest = page;
        }
        return admitted;
    }

    private boolean admits(Page page) {
        return Origin.parse(page.origin)
                .filter(origin ->
                        isOwn(origin, page.host, page.encrypted)
                                || patterns.stream().anyMatch(each -> each.matches(origin)))
                .isPresent();
    }

    private static boolean isOwn(Origin page, String host, boolean encrypted) {
        return !(encrypted && page.scheme().equals("http"))
                && Origin.parse("http://" + host)
                        .filter(own -> own.host().equals(page.host()))
                        .isPresent();
    }
}
