package io.snorky.testkit;

import io.snorky.Client;
import io.snorky.CloseReason;
import io.snorky.ConnectionHandler;
import io.snorky.Message;
import io.snorky.Reception;
import io.snorky.Registry;
import io.snorky.Scheduler;
import io.snorky.Verdict;
import io.snorky.transport.Application;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A client without a network, with which the test of a service reads like a conversation:
 *
 * <pre>{@code
 * var registry = new Registry(new ChatService("chat"));
 * var alice = TestClient.connect(registry).as("alice");
 * var bob = TestClient.connect(registry).as("bob");
 *
 * bob.call("chat", "join", Map.of("channel", "#cats")).reply();
 * alice.call("chat", "join", json("{'channel': '#cats'}")).replies(json("{'members': ['bob', 'alice']}"));
 *
 * bob.hearsLike("chat", json("{'type': 'presence', 'from': 'alice', 'status': 'joined'}"));
 * bob.hearsNothingMore();
 * }</pre>
 *
 * <p>What a test says and expects are values: a {@code JsonNode}, for which there is {@link
 * Json#json}, or what Jackson can turn into JSON. A string is a string. Values are compared as the
 * services compare them: objects by content, numbers by value.
 *
 * <p>Nothing has to sleep: whatever is expected is waited for, up to 10 s unless {@link
 * #withPatience} says otherwise. What is not as expected is an {@link AssertionError} that shows
 * what came instead, and all that was heard.
 *
 * <p>Threads: any. Commands that do not block run in the thread that calls, and what they send is
 * heard before {@link #call} returns; others run on virtual threads, as in the server. A message is
 * heard in the thread that sends it.
 */
public final class TestClient {

    private final Application application;
    private final boolean isVisitor;
    private final Ear ear;
    private final MemoryConnection connection;
    private final Client client;
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicBoolean gone = new AtomicBoolean();

    /** Held while the application is brought a message, or told that the client has gone. */
    private final ReentrantLock reader = new ReentrantLock();

    private TestClient(
            Application application,
            boolean isVisitor,
            Ear ear,
            MemoryConnection connection,
            Client client) {
        this.application = application;
        this.isVisitor = isVisitor;
        this.ear = ear;
        this.connection = connection;
        this.client = client;
        ear.name("client " + client.id());
        ear.whenClosed(this::hasBeenClosed);
    }

    /** A client that stays until it {@link #leaves} or is hung up on. */
    public static TestClient connect(Application application) {
        return connect(application, Verdict.ANONYMOUS, Scheduler.system());
    }

    /**
     * A client that stays, as an endpoint lets it in.
     *
     * @param verdict what the endpoint has found out about it
     * @param scheduler for what ends after a time, as identities do; usually a {@link
     *     ManualScheduler}
     */
    public static TestClient connect(
            Application application, Verdict.Admitted verdict, Scheduler scheduler) {
        return connect(application, verdict, new MemoryLoop(scheduler));
    }

    static TestClient connect(Application application, Verdict.Admitted verdict, MemoryLoop loop) {
        var ear = new Ear();
        var connection = new MemoryConnection(ear, verdict, loop);
        Client client = application.connect(connection);
        return new TestClient(application, false, ear, connection, client);
    }

    /**
     * A client of a handler. What it says and hears are texts: {@link #says}, {@link #hearsText}.
     */
    public static TestClient connect(ConnectionHandler handler) {
        return connect(handler.application());
    }

    /** A client as those of the HTTP back end: services are not told that it comes or goes. */
    public static TestClient visit(Registry registry) {
        var ear = new Ear();
        var loop = new MemoryLoop(Scheduler.system());
        var connection = new MemoryConnection(ear, Verdict.ANONYMOUS, loop);
        return new TestClient(registry, true, ear, connection, registry.visit(connection));
    }

    /** Gives the client an identity, by which failures call it, too. */
    public TestClient as(@Nullable Object identity) {
        JsonNode value = Json.valueOf(identity);
        client.identify(value);
        if (!value.isNull()) {
            ear.name(value.isString() ? value.stringValue() : Json.text(value));
        }
        return this;
    }

    /** How long it waits for what it expects: 10 s if unset. */
    public TestClient withPatience(Duration patience) {
        ear.patience(patience);
        return this;
    }

    /** The client as services see it. */
    public Client client() {
        return client;
    }

    // --- It says something

    /** Calls a command that has no parameters. */
    public Call call(String service, String command) {
        return call(service, command, Map.of());
    }

    /**
     * Calls a command.
     *
     * @param params an object, usually
     */
    public Call call(String service, String command, @Nullable Object params) {
        JsonNode value = Json.valueOf(params);
        var call = new Call(ear, calls.incrementAndGet(), service, command, value);
        ear.asked(call);
        says(
                service,
                JsonNodeFactory.instance
                        .objectNode()
                        .put("command", command)
                        .put("callId", call.id())
                        .set("params", value));
        return call;
    }

    /** Sends a message to a service, which must not drop it. */
    public void says(String service, @Nullable Object message) {
        byte[] envelope = Message.of(service, Json.valueOf(message)).utf8();
        if (receive(envelope) instanceof Reception.Refused refused) {
            throw ear.failure(
                    "says something that is dropped: " + refused.reason(),
                    "said: " + new String(envelope, StandardCharsets.UTF_8));
        }
    }

    /**
     * Sends a text, whatever it is.
     *
     * @return what becomes of it
     */
    public Reception says(String text) {
        return receive(Message.ofText(text).utf8());
    }

    /** What a client says that has gone is not heard. */
    private Reception receive(byte[] text) {
        reader.lock();
        try {
            return gone.get()
                    ? Reception.ACCEPTED
                    : application.receive(client, text, 0, text.length);
        } finally {
            reader.unlock();
        }
    }

    // --- It hears something

    /**
     * The next thing that the service sends, apart from answers to calls, is this.
     *
     * @param message compared by value
     */
    public Heard hears(String service, @Nullable Object message) {
        JsonNode expected = Json.valueOf(message);
        Heard heard = nextFrom(service, expected);
        return checked(heard, expected, Difference.between(heard.message(), expected));
    }

    /** The next thing that the service sends has these members, and maybe more. */
    public Heard hearsLike(String service, Object members) {
        JsonNode expected = Json.valueOf(members);
        Heard heard = nextFrom(service, expected);
        return checked(heard, expected, Difference.like(heard.message(), expected));
    }

    /** The next things that the service sends are these, in any order. */
    public void hearsInAnyOrder(String service, Object... messages) {
        List<JsonNode> missing = new ArrayList<>();
        for (Object message : messages) {
            missing.add(Json.valueOf(message));
        }
        while (!missing.isEmpty()) {
            Heard heard = nextFrom(service, missing.getFirst());
            if (!removeFirst(missing, heard)) {
                throw ear.failure(
                        "hears something else from " + service,
                        "expected: one of " + missing.stream().map(Json::text).toList(),
                        "    came: " + Json.text(heard.message()));
            }
        }
    }

    private static boolean removeFirst(List<JsonNode> missing, Heard heard) {
        for (int i = 0; i < missing.size(); i++) {
            if (Difference.between(heard.message(), missing.get(i)) == null) {
                missing.remove(i);
                return true;
            }
        }
        return false;
    }

    /** The next thing that the service sends, apart from answers to calls, whatever it is. */
    public Heard hearsFrom(String service) {
        return required(
                ear.take(heard -> heard.service().equals(service) && ear.isNews(heard)),
                "from " + service);
    }

    private Heard nextFrom(String service, JsonNode expected) {
        return required(
                ear.take(heard -> heard.service().equals(service) && ear.isNews(heard)),
                "from " + service,
                "expected: " + Json.text(expected));
    }

    private Heard checked(Heard heard, JsonNode expected, @Nullable String difference) {
        if (difference == null) {
            return heard;
        }
        throw ear.failure(
                "hears something else from " + heard.service(),
                "expected: " + Json.text(expected),
                "    came: " + Json.text(heard.message()),
                "    that: " + difference);
    }

    /** The next thing of all, answers too, is exactly this text. */
    public Heard hearsText(String text) {
        Heard heard = required(ear.take(each -> true), "at all", "expected: " + text);
        if (!heard.text().equals(text)) {
            throw ear.failure(
                    "hears something else", "expected: " + text, "    came: " + heard.text());
        }
        return heard;
    }

    /** The next thing of all, answers too, as its text with single quotes for double ones. */
    public String next() {
        return Json.withSingleQuotes(required(ear.take(each -> true), "at all").text());
    }

    private Heard required(@Nullable Heard heard, String what, String... details) {
        if (heard == null) {
            String time = ear.patience().toMillis() + " ms";
            throw ear.failure("hears nothing " + what + " within " + time, details);
        }
        return heard;
    }

    /**
     * All that was heard and not yet looked at, answers too, as texts with single quotes for double
     * ones. Does not wait.
     */
    public List<String> heard() {
        return ear.takeAll().stream().map(heard -> Json.withSingleQuotes(heard.text())).toList();
    }

    /**
     * Everything it has heard has been looked at, but for replies to calls; refusals must have been
     * expected. It waits until all that this client has said is done. What others say is done when
     * their calls are answered.
     */
    public void hearsNothingMore() {
        var done = new CountDownLatch(1);
        application.afterPending(client, () -> client.execute(done::countDown));
        try {
            if (!done.await(ear.patience().toNanos(), TimeUnit.NANOSECONDS)) {
                throw ear.failure("said something that takes longer than " + ear.patience());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        List<Heard> surprises = ear.surprises();
        if (!surprises.isEmpty()) {
            throw ear.failure(
                    "hears something more",
                    surprises.stream().map(Heard::toString).toArray(String[]::new));
        }
    }

    // --- It comes to an end

    /**
     * It goes, as when its connection is lost. What is sent to it all the same is heard, so that it
     * shows. A second time changes nothing.
     */
    public void leaves() {
        if (gone.compareAndSet(false, true) && !isVisitor) {
            reader.lock();
            try {
                application.disconnect(client);
            } finally {
                reader.unlock();
            }
        }
    }

    /** Whoever closes it may hold what another thread needs that brings a message: do not wait. */
    private void hasBeenClosed() {
        if (reader.tryLock()) {
            try {
                leaves();
            } finally {
                reader.unlock();
            }
        } else {
            Thread.startVirtualThread(this::leaves);
        }
    }

    /** It is hung up on with this code. */
    public void isClosedWith(int code) {
        CloseReason reason = ear.awaitClosed();
        if (reason == null || reason.code() != code) {
            throw ear.failure("is not closed with " + code);
        }
    }

    /** Why it was hung up on; empty as long as it is not. Does not wait. */
    public Optional<CloseReason> closed() {
        return Optional.ofNullable(ear.closed());
    }

    // --- It is slow

    /**
     * From now on there is room for so many messages of logs, such as deltas of DataSync, only:
     * then it lags. More room lets it catch up. Other messages are not counted.
     */
    public void hasRoomFor(int messages) {
        connection.change(outbox -> outbox.setLogRoom(messages));
    }

    /**
     * From now on it hears nothing: messages wait, so many at most, and then it is as their {@link
     * io.snorky.Overflow} says: the oldest of a kind are dropped, or it is hung up on and hears
     * nothing of what waits. Of those that are conflated only the latest of a kind waits. Messages
     * of logs do not wait: it lags.
     */
    public void stopsReading(int room) {
        connection.change(outbox -> outbox.stopReading(room));
    }

    /** It hears all that has waited, catches up with logs, and goes on. */
    public void readsOn() {
        connection.change(Outbox::readOn);
    }

    /** Whether it is not listened to because too much of what it has said waits. */
    public boolean isPaused() {
        return connection.isPaused();
    }

    @Override
    public String toString() {
        return ear.name();
    }
}
