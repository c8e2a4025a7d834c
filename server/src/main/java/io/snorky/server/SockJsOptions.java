package io.snorky.server;

import io.snorky.ConfigurationException;
import io.snorky.server.policy.OriginPolicy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * How a SockJS endpoint treats its sessions.
 *
 * @param heartbeatDelay after which a client that has been sent nothing is sent a sign of life; on
 *     a WebSocket a ping, too, and a connection on which two pings in a row brought nothing back is
 *     cut. Clients that poll give up after 35 s, and proxies often after 60 s
 * @param disconnectDelay how long a session lives while no request waits for what it has to say
 * @param responseLimitBytes after which an answer that streams ends, and the client asks again
 * @param sessionCookie whether to set the cookie {@code JSESSIONID}, for load balancers that want
 *     one
 * @param clientUrl where the page in the iframe gets the SockJS client from, starting with {@code
 *     /} or {@code http}. It has to be the very version that the pages around it use
 * @param transports that may be used
 * @param maxSessions over HTTP, of this endpoint; beyond, a new one is refused with status 503.
 *     WebSockets are bounded as connections, by {@link ConnectionLimits}
 * @param maxSessionsPerAddress likewise; IPv6 addresses are counted by their network, a /64
 * @param inbound what a client may send. A body is bounded as a message is, and refused with status
 *     413; one array may hold a second's worth of messages; as many requests as messages may wait
 * @param outbound what may wait to be sent to it, also while no request does
 * @param allowedOrigins as those of {@link WebSocketOptions}. Unless that is all, the page for the
 *     iframe says to browsers that it is for these origins only, and requests that tell no origin
 *     are judged by the page that they say they come from
 * @param authenticator says who may connect, and as whom; asked once for each session
 */
public record SockJsOptions(
        Duration heartbeatDelay,
        Duration disconnectDelay,
        int responseLimitBytes,
        boolean sessionCookie,
        String clientUrl,
        Set<SockJsTransport> transports,
        int maxSessions,
        int maxSessionsPerAddress,
        InboundLimits inbound,
        OutboundLimits outbound,
        Set<String> allowedOrigins,
        Authenticator authenticator) {

    /**
     * A heartbeat after 25 s, a disconnect delay of 5 s, answers of 128 KiB, no cookie, the client
     * from a public place, all transports, 200,000 sessions, 50,000 from an address, messages of 1
     * MiB and else the default limits, no other origins, no authenticator.
     */
    public static final SockJsOptions DEFAULT =
            new SockJsOptions(
                    Duration.ofSeconds(25),
                    Duration.ofSeconds(5),
                    128 << 10,
                    false,
                    "https://cdn.jsdelivr.net/npm/sockjs-client@1.6.1/dist/sockjs.min.js",
                    EnumSet.allOf(SockJsTransport.class),
                    200_000,
                    50_000,
                    InboundLimits.DEFAULT.withMaxMessageBytes(1 << 20),
                    OutboundLimits.DEFAULT,
                    Set.of(),
                    Authenticator.NONE);

    /**
     * @throws ConfigurationException naming all origins that cannot be, and the client's address if
     *     it cannot be
     */
    public SockJsOptions {
        Checks.positive("heartbeatDelay", heartbeatDelay);
        Checks.positive("disconnectDelay", disconnectDelay);
        Checks.positive("responseLimitBytes", responseLimitBytes);
        Checks.positive("maxSessions", maxSessions);
        Checks.positive("maxSessionsPerAddress", maxSessionsPerAddress);
        List<String> problems = new ArrayList<>(OriginPolicy.problems(allowedOrigins));
        if (!clientUrl.startsWith("/") && !clientUrl.startsWith("http")) {
            problems.add("clientUrl: " + clientUrl + " (expected: starting with / or http)");
        }
        if (!problems.isEmpty()) {
            throw new ConfigurationException("SockJS", problems);
        }
        EnumSet<SockJsTransport> copy = EnumSet.noneOf(SockJsTransport.class);
        copy.addAll(transports);
        transports = Collections.unmodifiableSet(copy);
        allowedOrigins = Set.copyOf(allowedOrigins);
    }

    /** The same with other delays. */
    public SockJsOptions withDelays(Duration heartbeat, Duration disconnect) {
        return with(copy -> {
            copy.heartbeatDelay = heartbeat;
            copy.disconnectDelay = disconnect;
        });
    }

    /** The same with another limit for answers that stream. */
    public SockJsOptions withResponseLimitBytes(int bytes) {
        return with(copy -> copy.responseLimitBytes = bytes);
    }

    /** The same with the cookie or without it. */
    public SockJsOptions withSessionCookie(boolean wanted) {
        return with(copy -> copy.sessionCookie = wanted);
    }

    /** The same with another address of the client. */
    public SockJsOptions withClientUrl(String url) {
        return with(copy -> copy.clientUrl = url);
    }

    /** The same without these transports. */
    public SockJsOptions without(SockJsTransport... unwanted) {
        Set<SockJsTransport> others = EnumSet.noneOf(SockJsTransport.class);
        others.addAll(transports);
        others.removeAll(List.of(unwanted));
        return with(copy -> copy.transports = others);
    }

    /** The same with other bounds for sessions over HTTP. */
    public SockJsOptions withMaxSessions(int inAll, int perAddress) {
        return with(copy -> {
            copy.maxSessions = inAll;
            copy.maxSessionsPerAddress = perAddress;
        });
    }

    /** The same with other limits for what clients send. */
    public SockJsOptions withInbound(InboundLimits limits) {
        return with(copy -> copy.inbound = limits);
    }

    /** The same with other limits for what waits to be sent. */
    public SockJsOptions withOutbound(OutboundLimits limits) {
        return with(copy -> copy.outbound = limits);
    }

    /** The same with other allowed origins. */
    public SockJsOptions withAllowedOrigins(String... origins) {
        return with(copy -> copy.allowedOrigins = Set.copyOf(List.of(origins)));
    }

    /** The same with another authenticator. */
    public SockJsOptions withAuthenticator(Authenticator other) {
        return with(copy -> copy.authenticator = other);
    }

    private SockJsOptions with(Consumer<Copy> change) {
        var copy = new Copy(this);
        change.accept(copy);
        return copy.options();
    }

    /** These options, about to become others. */
    private static final class Copy {

        private Duration heartbeatDelay;
        private Duration disconnectDelay;
        private int responseLimitBytes;
        private boolean sessionCookie;
        private String clientUrl;
        private Set<SockJsTransport> transports;
        private int maxSessions;
        private int maxSessionsPerAddress;
        private InboundLimits inbound;
        private OutboundLimits outbound;
        private Set<String> allowedOrigins;
        private Authenticator authenticator;

        Copy(SockJsOptions of) {
            heartbeatDelay = of.heartbeatDelay;
            disconnectDelay = of.disconnectDelay;
            responseLimitBytes = of.responseLimitBytes;
            sessionCookie = of.sessionCookie;
            clientUrl = of.clientUrl;
            transports = of.transports;
            maxSessions = of.maxSessions;
            maxSessionsPerAddress = of.maxSessionsPerAddress;
            inbound = of.inbound;
            outbound = of.outbound;
            allowedOrigins = of.allowedOrigins;
            authenticator = of.authenticator;
        }

        SockJsOptions options() {
            return new SockJsOptions(
                    heartbeatDelay,
                    disconnectDelay,
                    responseLimitBytes,
                    sessionCookie,
                    clientUrl,
                    transports,
                    maxSessions,
                    maxSessionsPerAddress,
                    inbound,
                    outbound,
                    allowedOrigins,
                    authenticator);
        }
    }
}
