package io.snorky.server.oracle;

import io.snorky.server.oracle.PageEvents.Event;
import io.snorky.server.oracle.PageSubscription.Item;
import io.snorky.server.oracle.PageSubscription.State;
import io.snorky.server.oracle.WebApplication.Wanted;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A page that shows what it has subscribed to, and has bad luck.
 *
 * <p>Threads: all but the queue of events is owned by the thread that runs it.
 */
final class Page {

    /** What becomes of a call's answer. */
    private interface Answered {
        void with(JsonNode data, @Nullable String error) throws InterruptedException, IOException;
    }

    private static final JsonMapper JSON = JsonMapper.shared();

    private final int number;
    private final Run run;
    private final Site site;
    private final WebApplication application;
    private final RandomQueries queries;
    private final Random random;
    private final PageKind kind;
    private final BadLuck badLuck;
    private final PageEvents events = new PageEvents();
    private final Diary diary;
    private final List<PageSubscription> subscriptions = new ArrayList<>();
    private final Map<Integer, Answered> calls = new HashMap<>();
    private final AtomicInteger connections = new AtomicInteger();

    /** Tags of which nothing may come any more. */
    private final Set<String> ended = new HashSet<>();

    private int lastCall;
    private int lastTag;
    private @Nullable Link link;
    private @Nullable Link halfOpen;
    private volatile boolean settled;

    Page(int number, Run run, Site site, WebApplication application, RandomQueries queries) {
        this.number = number;
        this.run = run;
        this.site = site;
        this.application = application;
        this.queries = queries;
        random = run.randomFor("page " + number);
        kind = PageKind.of(number, random);
        badLuck = new BadLuck(kind, run, application, random);
        diary = new Diary(run);
        int count = kind.isSimple() ? 1 : 1 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            subscriptions.add(newSubscription());
        }
    }

    private PageSubscription newSubscription() {
        List<Wanted> wanted = new ArrayList<>();
        int count = kind.isSimple() ? 1 : 1 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            Query query = kind.wide() && i == 0 ? RandomQueries.all(random) : queries.next(random);
            wanted.add(new Wanted(query, nextTag()));
        }
        return new PageSubscription(wanted);
    }

    /** A new one for each fetch, so that what comes of a former subscription is seen. */
    private @Nullable String nextTag() {
        return kind.tagged() ? "t" + ++lastTag : null;
    }

    // --- Its life

    /** Lives until the run is over. */
    void live() throws InterruptedException {
        try {
            while (!run.isOver()) {
                connect();
                while (link != null) {
                    look();
                }
                run.idle(Run.upTo(random.nextInt(8) == 0 ? 8000 : 1500, random));
            }
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError(this + " failed", e);
        } finally {
            close(link);
            close(halfOpen);
            events.end();
        }
    }

    private void connect() throws InterruptedException {
        Site.Life life = site.awaitLife();
        try {
            Link opened = Link.open(life.frontend(), kind.carrier(), kind.roomy(), random);
            link = opened;
            connections.incrementAndGet();
            badLuck.begin();
            events.readFrom(opened);
            note("connected");
            for (PageSubscription subscription : List.copyOf(subscriptions)) {
                if (subscription.state != State.CANCELLED) {
                    begin(subscription);
                }
            }
        } catch (IOException e) {
            lost("could not connect: " + e);
        }
    }

    private void look() throws InterruptedException {
        try {
            Event event = events.next();
            if (event != null) {
                handle(event);
            }
            if (badLuck.isDue(settled)) {
                suffer();
            }
        } catch (IOException e) {
            lost("could not send: " + e);
        }
        settled =
                link != null
                        && calls.isEmpty()
                        && subscriptions.stream().allMatch(each -> each.state == State.LIVE);
    }

    private void handle(Event event) throws IOException, InterruptedException {
        switch (event) {
            case Event.Heard(Link from, String text) -> {
                if (from.equals(link)) {
                    hear(text);
                } else if (from.equals(halfOpen) && text.contains("\"resync\"")) {
                    run.happened(Happening.TAKEN_OVER);
                    close(from);
                }
            }
            case Event.Ended(Link from) -> {
                if (from.equals(link)) {
                    if (from.closeCode() == Link.SLOW_READER) {
                        run.happened(Happening.HUNG_UP_ON);
                    }
                    lost("the connection has ended with code " + from.closeCode());
                }
            }
            case Event.Asked(Runnable question) -> question.run();
        }
    }

    private void lost(String why) {
        note(why);
        close(link);
        link = null;
        settled = false;
        calls.clear();
        subscriptions.removeIf(each -> each.state == State.CANCELLED);
        for (PageSubscription subscription : subscriptions) {
            if (kind.resumes() && subscription.resume.value() != null) {
                subscription.state = State.FETCHED;
            } else {
                subscription.spoilt();
            }
        }
    }

    private static void close(@Nullable Link link) {
        if (link != null) {
            link.close();
        }
    }

    // --- Subscriptions

    private void begin(PageSubscription subscription) throws IOException, InterruptedException {
        if (subscription.state == State.UNFETCHED) {
            fetch(subscription);
        }
        String from = subscription.resume.value();
        ObjectNode params = JsonNodeFactory.instance.objectNode().put("token", subscription.token);
        if (kind.resumes()) {
            params.put("offset", from);
            if (kind.conflates()) {
                params.put("conflate", true);
            }
        }
        subscription.state = State.ASKED;
        subscription.items.forEach(item -> item.order().begin());
        note("acquires " + describe(subscription) + " from " + from);
        call(
                "acquireSubscription",
                params,
                (data, error) -> {
                    note(describe(subscription) + ": " + (error == null ? data : error));
                    if (error == null) {
                        acquired(subscription, data, from);
                    } else {
                        refused(subscription, error);
                    }
                });
    }

    private void fetch(PageSubscription subscription) throws InterruptedException {
        List<Wanted> wanted =
                subscription.wanted().stream()
                        .map(each -> new Wanted(each.query(), nextTag()))
                        .toList();
        boolean hasty = random.nextInt(6) == 0;
        subscription.fetched(wanted, application.fetch(wanted, hasty));
        note("fetched " + describe(subscription));
        if (random.nextInt(6) == 0) {
            run.idle(Run.upTo(2000, random));
        }
    }

    private void acquired(PageSubscription subscription, JsonNode data, @Nullable String from) {
        subscription.state = State.LIVE;
        if (kind.resumes()) {
            subscription.resume.reached(data.get("offset").stringValue());
        }
        if (from != null) {
            run.happened(Happening.RESUMED);
        }
    }

    private void refused(PageSubscription subscription, String error)
            throws IOException, InterruptedException {
        switch (error) {
            case "resync" -> run.happened(Happening.RESYNCED);
            case "No such subscription" -> run.happened(Happening.CAME_TOO_LATE);
            default -> run.problem(this + " was refused a subscription: " + error);
        }
        subscription.spoilt();
        begin(subscription);
    }

    // --- What it hears

    private void hear(String text) throws IOException, InterruptedException {
        JsonNode message = JSON.readTree(text).get("message");
        switch (message.get("type").stringValue()) {
            case "delta" -> hearDelta(message);
            case "position" -> {
                String offset = message.get("offset").stringValue();
                note("position " + offset);
                for (PageSubscription each : subscriptions) {
                    if (each.hears()) {
                        each.resume.reached(offset);
                    }
                }
            }
            case "resync" -> resync(message.get("token").stringValue());
            case "response" -> answered(message, null);
            case "error" -> answered(message, message.get("message").stringValue());
            default -> run.problem(this + " does not understand " + text);
        }
    }

    private void hearDelta(JsonNode message) {
        JsonNode delta = message.get("delta");
        for (PageSubscription subscription : subscriptions) {
            Item item = subscription.hears() ? subscription.itemOf(delta) : null;
            if (item != null) {
                JsonNode offset = message.get("offset");
                if (offset != null) {
                    subscription.heard(offset.stringValue());
                }
                item.shown().apply(delta, run.time() + " heard " + message);
                if (!item.order().accepts(delta) && isInOrder(item)) {
                    run.problem(this + " got out of order or twice: " + message);
                }
                return;
            }
        }
        if (ended.contains(delta.path("tag").asString(""))) {
            run.problem(this + " got what it has cancelled: " + message);
        }
    }

    private boolean isInOrder(Item item) {
        return !item.query().model().versioned && item.tag() != null && !kind.conflates();
    }

    private void resync(String token) throws IOException, InterruptedException {
        for (PageSubscription subscription : List.copyOf(subscriptions)) {
            if (subscription.token.equals(token) && subscription.state == State.LIVE) {
                note("has to resync " + describe(subscription));
                run.happened(Happening.RESYNCED);
                subscription.spoilt();
                begin(subscription);
            }
        }
    }

    private void call(String command, ObjectNode params, Answered answered) throws IOException {
        Link to = link;
        if (to != null) {
            int id = ++lastCall;
            calls.put(id, answered);
            ObjectNode envelope = JsonNodeFactory.instance.objectNode().put("service", "datasync");
            ObjectNode message = envelope.putObject("message").put("command", command);
            message.put("callId", id).set("params", params);
            to.send(envelope.toString());
        }
    }

    private void answered(JsonNode message, @Nullable String error)
            throws IOException, InterruptedException {
        Answered answered = calls.remove(message.get("callId").intValue());
        if (answered != null) {
            answered.with(message.path("data"), error);
        }
    }

    // --- Its bad luck

    private void suffer() throws IOException, InterruptedException {
        switch (badLuck.next()) {
            case CUT -> cut();
            case DOES_NOT_READ -> {
                note("does not read");
                badLuck.idle();
            }
            case MISSES_MUCH -> {
                note("does not read for long");
                badLuck.missMuch();
            }
            case LEFT_HALF_OPEN -> leaveHalfOpen();
            case CHANGES_ITS_MIND -> changeItsMind();
            case NONE -> {}
        }
    }

    private void cut() {
        Link now = link;
        if (now != null) {
            run.happened(Happening.CUT);
            now.cut();
            lost("cut");
        }
    }

    /** As if the network had changed: the server does not know yet that nobody is there. */
    private void leaveHalfOpen() {
        close(halfOpen);
        halfOpen = link;
        link = null;
        lost("left half open");
    }

    private void changeItsMind() throws IOException, InterruptedException {
        PageSubscription unwanted = subscriptions.get(random.nextInt(subscriptions.size()));
        if (unwanted.state != State.LIVE) {
            return;
        }
        run.happened(Happening.CHANGED_ITS_MIND);
        PageSubscription other = newSubscription();
        subscriptions.add(other);
        unwanted.state = State.CANCELLED;
        note("cancels " + describe(unwanted));
        ObjectNode params = JsonNodeFactory.instance.objectNode().put("token", unwanted.token);
        call(
                "cancelSubscription",
                params,
                (data, error) -> {
                    subscriptions.remove(unwanted);
                    if (error == null) {
                        unwanted.items.forEach(item -> ended.add(item.tag() + ""));
                    }
                });
        begin(other);
    }

    // --- For those who check

    /** Whether it has a connection and all its subscriptions. */
    boolean isSettled() {
        return settled;
    }

    /** How often it has connected. */
    int connections() {
        return connections.get();
    }

    /** Has something done by the page's own thread, while it is calm. */
    void ask(Runnable question) throws InterruptedException {
        events.ask(question);
    }

    /**
     * Calls the server. When it has answered, all that was sent before has come.
     *
     * @param come is called then
     */
    void sayHello(Runnable come) throws InterruptedException {
        ask(() -> {
            try {
                ObjectNode params = JsonNodeFactory.instance.objectNode().put("token", "none");
                call("cancelSubscription", params, (data, error) -> come.run());
            } catch (IOException e) {
                lost("could not send: " + e);
            }
        });
    }

    /** What it shows; only for its own thread. */
    List<Item> items() {
        return subscriptions.stream().flatMap(each -> each.items.stream()).toList();
    }

    /** What it went through lately. */
    List<String> diary() {
        return diary.lines();
    }

    private void note(String line) {
        diary.note(line);
    }

    private static String describe(PageSubscription subscription) {
        List<String> tags = subscription.items.stream().map(item -> item.tag() + "").toList();
        return subscription.token + " " + tags;
    }

    @Override
    public String toString() {
        return "page " + number + " " + kind;
    }
}
