package io.snorky;

import io.snorky.json.JsonDocument;
import io.snorky.json.JsonException;
import io.snorky.json.JsonName;
import io.snorky.json.JsonNames;
import io.snorky.transport.Application;
import io.snorky.transport.Connection;

import org.jspecify.annotations.Nullable;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;

/**
 * The set of services that an endpoint exposes. The same service may be in several registries.
 *
 * <p>Threads: any. The services are one immutable map, replaced in one step.
 */
public final class Registry implements Application {

    private static final Logger LOG = System.getLogger(Registry.class.getName());
    private static final JsonName SERVICE = new JsonName("service");
    private static final JsonName MESSAGE = new JsonName("message");

    private record Services(Map<String, Service> inOrder, JsonNames<Service> byName) {}

    private final AtomicReference<Services> services =
            new AtomicReference<>(new Services(Map.of(), new JsonNames<>(Map.of())));
    private final ThreadLocal<JsonDocument> documents = ThreadLocal.withInitial(JsonDocument::new);
    private final LongAdder dropped = new LongAdder();
    private volatile @Nullable TaskObserver observer;

    /**
     * @throws ConfigurationException if two have the same name
     */
    public Registry(Service... services) {
        for (Service service : services) {
            register(service);
        }
    }

    /**
     * Adds a service. Clients that are connected already can use it from now on.
     *
     * @throws ConfigurationException if another one has its name
     */
    public void register(Service service) {
        replace(map -> {
            if (map.putIfAbsent(service.name(), service) != null) {
                String problem = "name: " + service.name() + " (expected: unique)";
                throw new ConfigurationException("registry", List.of(problem));
            }
            return map;
        });
    }

    /** Takes a service out. Does nothing if it is not there. */
    public void unregister(Service service) {
        replace(map -> {
            map.remove(service.name(), service);
            return map;
        });
    }

    private void replace(UnaryOperator<Map<String, Service>> change) {
        services.updateAndGet(now -> {
            var changed =
                    Collections.unmodifiableMap(change.apply(new LinkedHashMap<>(now.inOrder)));
            return new Services(changed, new JsonNames<>(changed));
        });
    }

    /** The services, in order of registration. */
    public Collection<Service> services() {
        return services.get().inOrder.values();
    }

    /** Messages that were dropped because they could not be understood. */
    public long droppedMessages() {
        return dropped.sum();
    }

    /** Says how long each message took from now on. One observer; a later one takes its place. */
    public void observe(TaskObserver newObserver) {
        observer = newObserver;
    }

    /** A new client on a connection that can be sent to at any time. Tells the services. */
    @Override
    public Client connect(Connection connection) {
        Client client = new Client(connection, true);
        client.enter(connection.admitted());
        tellServices(client, Service::clientConnected);
        return client;
    }

    /** A client that asks one question and gets one answer. Services are not told. */
    public Client visit(Connection connection) {
        return new Client(connection, false);
    }

    @Override
    public void afterPending(Client client, Runnable task) {
        client.run(task, false);
    }

    /** The client has gone. Tells the services, after its last message. */
    @Override
    public void disconnect(Client client) {
        client.markGone();
        tellServices(client, Service::clientDisconnected);
    }

    private void tellServices(Client client, BiConsumer<Service, Client> what) {
        for (Service service : services()) {
            if (!service.hearsOfClients()) {
                continue;
            }
            Runnable task = service.inLane(() -> tell(service, client, what));
            client.run(task, !service.isNonBlocking());
        }
    }

    private static void tell(Service service, Client client, BiConsumer<Service, Client> what) {
        try {
            what.accept(service, client);
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, service + " failed at the coming or going of " + client, e);
        }
    }

    /** Takes a message that came from a client to its service. */
    @Override
    public Reception receive(Client client, byte[] text, int from, int to) {
        Reception reception = dispatch(client, text, from, to);
        if (reception instanceof Reception.Refused refused) {
            dropped.increment();
            LOG.log(Level.DEBUG, () -> "Dropped a message of " + client + ": " + refused.reason());
        }
        return reception;
    }

    private Reception dispatch(Client client, byte[] text, int from, int to) {
        JsonDocument document = documents.get();
        try {
            document.read(text, from, to, client.connection().limits().maxNesting());
        } catch (JsonException e) {
            return new Reception.Malformed(e.getMessage());
        }
        if (!document.isObject(JsonDocument.ROOT)) {
            return new Reception.Malformed("no object (expected: {\"service\", \"message\"})");
        }
        int service = document.member(JsonDocument.ROOT, SERVICE);
        int message = document.member(JsonDocument.ROOT, MESSAGE);
        if (service == JsonDocument.NONE || message == JsonDocument.NONE) {
            return new Reception.Malformed("no member \"service\" or no member \"message\"");
        }
        if (!document.isString(service)) {
            return new Reception.UnknownService("the service's name is no string");
        }
        Service addressee = services.get().byName.get(document, service);
        if (addressee == null) {
            return new Reception.UnknownService("no service has that name");
        }
        return switch (handling(addressee, client, document, message)) {
            case Handling.Task(String name, Runnable task, boolean mayBlock) -> {
                boolean isStranger = client.mustAuthenticate() && !addressee.servesStrangers();
                Runnable allowed = isStranger ? () -> runIfKnown(client, task) : task;
                client.run(guarded(name, client, allowed), mayBlock);
                yield Reception.ACCEPTED;
            }
            case Handling.Drop(String reason) -> new Reception.Malformed(reason);
        };
    }

    /** A message before this one may have proved who the client is. */
    private static void runIfKnown(Client client, Runnable task) {
        if (client.mustAuthenticate()) {
            client.close(CloseReason.NOT_AUTHENTICATED);
        } else {
            task.run();
        }
    }

    private static Handling handling(
            Service service, Client client, JsonDocument document, int message) {
        try {
            return service.handle(client, document, message);
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, service + " failed at a message of " + client, e);
            return new Handling.Drop("the service failed");
        }
    }

    private Runnable guarded(String name, Client client, Runnable task) {
        return () -> {
            TaskObserver told = observer;
            long start = told == null ? 0 : System.nanoTime();
            try {
                task.run();
            } catch (RuntimeException e) {
                LOG.log(Level.ERROR, name + " failed at a message of " + client, e);
            }
            if (told != null) {
                told.done(name, System.nanoTime() - start);
            }
        };
    }
}
