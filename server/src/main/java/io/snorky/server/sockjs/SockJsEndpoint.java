package io.snorky.server.sockjs;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.snorky.CloseReason;
import io.snorky.Verdict;
import io.snorky.server.CompressionOptions;
import io.snorky.server.SockJsOptions;
import io.snorky.server.SockJsTransport;
import io.snorky.server.WebSocketOptions;
import io.snorky.server.http.HttpAnswer;
import io.snorky.server.http.HttpEndpoint;
import io.snorky.server.http.HttpExchange;
import io.snorky.server.http.Peer;
import io.snorky.server.policy.Doorkeeper;
import io.snorky.server.sockjs.Target.Single;
import io.snorky.server.transport.Presence;
import io.snorky.server.websocket.WebSocketEndpoint;
import io.snorky.transport.Application;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * An application bound to SockJS: everything below one path. Threads: immutable but for its {@link
 * Sessions}, and for one answer it remembers, which is replaced in one step.
 */
public final class SockJsEndpoint implements HttpEndpoint {

    private static final byte[] NOTHING = {};
    private static final byte[] WELCOME = "Welcome to SockJS!\n".getBytes(StandardCharsets.UTF_8);
    private static final String PLAIN_TEXT = "text/plain; charset=UTF-8";
    private static final List<HttpMethod> GET = List.of(HttpMethod.GET);
    private static final List<HttpMethod> INFO = List.of(HttpMethod.OPTIONS, HttpMethod.GET);
    private static final List<HttpMethod> BY_PAGES = List.of(HttpMethod.OPTIONS, HttpMethod.POST);
    private static final List<HttpMethod> BY_FORMS = List.of(HttpMethod.POST);

    private final String base;
    private final SockJsOptions options;
    private final Origins origins;
    private final Doorkeeper doorkeeper;
    private final Sessions sessions;
    private final IframePage iframe;
    private final WebSocketEndpoint framed;
    private final WebSocketEndpoint raw;
    private final SecureRandom random = new SecureRandom();

    /** As a rule the next messages come from a page of the same origin, and by the same means. */
    private volatile @Nullable Accepted latest;

    /** What says that messages have been heard. */
    private record Accepted(Sending how, @Nullable String origin, HttpAnswer answer) {}

    /**
     * @param base the path that all others are below, without a slash at the end
     */
    public SockJsEndpoint(
            String base, Application application, SockJsOptions options, Presence presence) {
        this.base = base;
        this.options = options;
        origins = new Origins(options.allowedOrigins());
        doorkeeper = new Doorkeeper(options.authenticator());
        sessions = new Sessions(application, options, presence);
        iframe = new IframePage(options);
        var webSocket =
                new WebSocketOptions(
                        options.heartbeatDelay(),
                        options.inbound(),
                        options.outbound(),
                        CompressionOptions.OFF,
                        options.allowedOrigins(),
                        List.of(),
                        options.authenticator());
        var dialect = new FramedDialect(options.inbound());
        framed = new WebSocketEndpoint(application, dialect, webSocket, presence);
        raw = new WebSocketEndpoint(application, RawDialect.INSTANCE, webSocket, presence);
    }

    @Override
    public int maxBodyBytes() {
        return options.inbound().maxMessageBytes();
    }

    private Optional<Target> target(HttpRequest head) {
        String uri = head.uri();
        int query = uri.indexOf('?');
        String path = query < 0 ? uri : uri.substring(0, query);
        return Target.of(path.substring(base.length())).filter(this::isOffered);
    }

    private boolean isOffered(Target target) {
        return switch (target) {
            case Single.GREETING, Single.IFRAME, Single.INFO -> true;
            case Single.WEBSOCKET -> options.transports().contains(SockJsTransport.WEBSOCKET);
            case Single.RAW_WEBSOCKET ->
                    options.transports().contains(SockJsTransport.RAW_WEBSOCKET);
            case Target.Receive it -> options.transports().contains(it.how().transport());
            case Target.Send it ->
                    !Collections.disjoint(options.transports(), it.how().transports());
        };
    }

    // --- Refusals

    @Override
    public Optional<HttpAnswer> refuse(HttpRequest head, Peer peer) {
        Optional<Target> target = target(head);
        if (target.isEmpty()) {
            return Optional.of(
                    HttpAnswer.text(HttpResponseStatus.NOT_FOUND, "Nothing is served here"));
        }
        List<HttpMethod> methods = methods(target.get());
        if (!methods.contains(head.method())) {
            return Optional.of(
                    new HttpAnswer(
                            HttpResponseStatus.METHOD_NOT_ALLOWED,
                            Map.of(HttpHeaderNames.ALLOW, named(methods)),
                            NOTHING));
        }
        return switch (target.get()) {
            case Single.GREETING, Single.IFRAME, Single.INFO -> Optional.empty();
            case Single.WEBSOCKET ->
                    Hixie76.isSpokenIn(head)
                            ? refuseStranger(head, peer).or(() -> Hixie76.refuse(head))
                            : framed.refuse(head, peer);
            case Single.RAW_WEBSOCKET -> raw.refuse(head, peer);
            case Target.Receive it ->
                    refuseStranger(head, peer)
                            .or(() ->
                                    it.how().needsCallback()
                                            ? Callback.refuse(head.uri())
                                            : Optional.empty());
            case Target.Send it -> refuseStranger(head, peer);
        };
    }

    private static List<HttpMethod> methods(Target target) {
        return switch (target) {
            case Single.GREETING, Single.IFRAME, Single.WEBSOCKET, Single.RAW_WEBSOCKET -> GET;
            case Single.INFO -> INFO;
            case Target.Receive it -> it.how().method().equals("POST") ? BY_PAGES : GET;
            case Target.Send it -> it.how().isReadByPages() ? BY_PAGES : BY_FORMS;
        };
    }

    private static String named(List<HttpMethod> methods) {
        return methods.stream().map(HttpMethod::name).collect(Collectors.joining(", "));
    }

    private Optional<HttpAnswer> refuseStranger(HttpRequest head, Peer peer) {
        return head.method().equals(HttpMethod.OPTIONS)
                        || origins.admit(head.headers(), peer.isEncrypted())
                ? Optional.empty()
                : Optional.of(
                        HttpAnswer.text(
                                HttpResponseStatus.FORBIDDEN,
                                "Pages of this origin may not connect"));
    }

    @Override
    public byte[] beforeBody(HttpRequest head, Peer peer) {
        return Hixie76.isSpokenIn(head) && target(head).equals(Optional.of(Single.WEBSOCKET))
                ? Hixie76.accept(head, peer.isEncrypted())
                : NOTHING;
    }

    // --- Answers

    @Override
    public void handle(HttpExchange exchange) {
        switch (target(exchange.head()).orElseThrow()) {
            case Single.GREETING -> exchange.answer(greeting());
            case Single.IFRAME ->
                    exchange.answer(
                            iframe.answer(exchange.head().headers(), exchange.isEncrypted()));
            case Single.INFO -> exchange.answer(info(exchange));
            case Single.WEBSOCKET -> openWebSocket(exchange);
            case Single.RAW_WEBSOCKET -> raw.handle(exchange);
            case Target.Receive it -> {
                if (!preflight(exchange)) {
                    receive(exchange, it.session(), it.how());
                }
            }
            case Target.Send it -> {
                if (!preflight(exchange)) {
                    send(exchange, it.session(), it.how());
                }
            }
        }
    }

    private void openWebSocket(HttpExchange exchange) {
        HttpRequest head = exchange.head();
        if (Hixie76.isSpokenIn(head)) {
            framed.open(
                    exchange,
                    Hixie76.proof(head, exchange.body()),
                    false,
                    new Hixie76Translator(options.inbound().maxMessageBytes()));
        } else {
            framed.handle(exchange);
        }
    }

    private static HttpAnswer greeting() {
        return new HttpAnswer(
                HttpResponseStatus.OK, Map.of(HttpHeaderNames.CONTENT_TYPE, PLAIN_TEXT), WELCOME);
    }

    private HttpAnswer info(HttpExchange exchange) {
        Map<CharSequence, String> headers = new LinkedHashMap<>();
        crossOrigin(exchange, headers);
        if (exchange.head().method().equals(HttpMethod.OPTIONS)) {
            HeaderGroups.preflight(named(INFO), headers);
            return new HttpAnswer(HttpResponseStatus.NO_CONTENT, headers, NOTHING);
        }
        HeaderGroups.noCache(headers);
        headers.put(HttpHeaderNames.CONTENT_TYPE, "application/json; charset=UTF-8");
        String json =
                String.format(
                        Locale.ROOT,
                        "{\"websocket\":%b,\"cookie_needed\":%b,\"origins\":[\"*:*\"],"
                                + "\"entropy\":%d}",
                        options.transports().contains(SockJsTransport.WEBSOCKET),
                        options.sessionCookie(),
                        random.nextLong(1L << 32));
        return new HttpAnswer(
                HttpResponseStatus.OK, headers, json.getBytes(StandardCharsets.UTF_8));
    }

    private void crossOrigin(HttpExchange exchange, Map<CharSequence, String> headers) {
        HttpHeaders request = exchange.head().headers();
        HeaderGroups.crossOrigin(request, origins.admit(request, exchange.isEncrypted()), headers);
    }

    private void cookie(HttpExchange exchange, Map<CharSequence, String> headers) {
        if (options.sessionCookie()) {
            HeaderGroups.sessionCookie(exchange.head().headers(), headers);
        }
    }

    /** Answers what a browser asks before the request of a page of another origin. */
    private boolean preflight(HttpExchange exchange) {
        if (!exchange.head().method().equals(HttpMethod.OPTIONS)) {
            return false;
        }
        Map<CharSequence, String> headers = new LinkedHashMap<>();
        crossOrigin(exchange, headers);
        HeaderGroups.preflight(named(BY_PAGES), headers);
        cookie(exchange, headers);
        exchange.answer(new HttpAnswer(HttpResponseStatus.NO_CONTENT, headers, NOTHING));
        return true;
    }

    private void receive(HttpExchange exchange, String session, Receiving how) {
        Map<CharSequence, String> headers = new LinkedHashMap<>();
        headers.put(HttpHeaderNames.CONTENT_TYPE, how.contentType());
        if (how.isScript()) {
            headers.put("X-Content-Type-Options", "nosniff");
        }
        HeaderGroups.noCache(headers);
        if (how.isReadByPages()) {
            crossOrigin(exchange, headers);
        }
        cookie(exchange, headers);
        String callback = how.needsCallback() ? Callback.of(exchange.head().uri()) : "";
        var head = new HttpAnswer(HttpResponseStatus.OK, headers, NOTHING);
        var receiver = new Receiver(exchange, how, callback, head);
        if (sessions.goOn(session, receiver)) {
            return;
        }
        doorkeeper.ask(
                exchange,
                new Doorkeeper.Door() {
                    @Override
                    public void open(Verdict.Admitted verdict) {
                        sessions.begin(session, verdict, receiver);
                    }

                    @Override
                    public void shut(CloseReason reason) {
                        receiver.turnAway(reason, options.outbound().stallTimeout());
                    }
                });
    }

    private void send(HttpExchange exchange, String session, Sending how) {
        sessions.deliver(session, new Delivery(exchange, how, accepted(exchange, how)));
    }

    private HttpAnswer accepted(HttpExchange exchange, Sending how) {
        HttpHeaders request = exchange.head().headers();
        if (options.sessionCookie()
                || request.contains(HttpHeaderNames.ACCESS_CONTROL_REQUEST_HEADERS)) {
            return newlyAccepted(exchange, how);
        }
        String origin = request.get(HttpHeaderNames.ORIGIN);
        Accepted known = latest;
        if (known == null || known.how != how || !Objects.equals(known.origin, origin)) {
            known = new Accepted(how, origin, newlyAccepted(exchange, how));
            latest = known;
        }
        return known.answer;
    }

    private HttpAnswer newlyAccepted(HttpExchange exchange, Sending how) {
        Map<CharSequence, String> headers = new LinkedHashMap<>();
        headers.put(HttpHeaderNames.CONTENT_TYPE, PLAIN_TEXT);
        HeaderGroups.noCache(headers);
        if (how.isReadByPages()) {
            HeaderGroups.crossOrigin(exchange.head().headers(), true, headers);
        }
        cookie(exchange, headers);
        return new HttpAnswer(
                HttpResponseStatus.valueOf(how.status()),
                headers,
                how.answer().getBytes(StandardCharsets.UTF_8));
    }
}
