package io.snorky.examples.login;

import io.snorky.Client;
import io.snorky.SingleLane;
import io.snorky.rpc.Command;
import io.snorky.rpc.RpcError;
import io.snorky.rpc.RpcService;

import tools.jackson.databind.node.JsonNodeFactory;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Lets clients say who they are, for examples. A name belongs to whoever took it first, for as long
 * as one of their clients is connected: all of them bring the same key, a secret that the browser
 * made up. Then it is free for anybody. Nothing is proved and nothing is kept: where it matters who
 * somebody is, use an account and a token.
 *
 * <p>Threads: any; {@code @SingleLane} has the service do one thing at a time.
 */
@SingleLane
public final class LoginService extends RpcService {

    /** Somebody with a name, and the clients that are theirs. */
    private record Person(String name, String key, Set<Client> clients) {}

    private final Map<String, Person> people = new HashMap<>();
    private final Map<Client, Person> byClient = new HashMap<>();

    /** One that pages know as {@code login}. */
    public LoginService() {
        super("login");
    }

    /**
     * Makes the name the identity of the caller.
     *
     * @param key 16 to 64 characters, the same for all clients of one person
     * @return the name, as the person's first client has written it
     * @throws RpcError if the name is bad or somebody else's, or the caller has another one
     */
    @Command
    String login(Client caller, String name, String key) {
        if (!Names.isGood(name)) {
            throw new RpcError("name", name, Names.RULE);
        }
        if (key.length() < 16 || key.length() > 64) {
            throw new RpcError("key", key.length() + " characters", "16 to 64");
        }
        String id = Names.key(name);
        Person person = people.getOrDefault(id, new Person(name, key, new HashSet<>()));
        if (!person.key().equals(key)) {
            throw new RpcError("Somebody else is " + person.name());
        }
        Person before = byClient.putIfAbsent(caller, person);
        if (before != null && !before.name().equals(person.name())) {
            throw new RpcError("name", name, before.name() + ", until you connect anew");
        }
        people.put(id, person);
        person.clients().add(caller);
        caller.identify(JsonNodeFactory.instance.stringNode(person.name()));
        return person.name();
    }

    @Override
    protected void clientDisconnected(Client client) {
        Person person = byClient.remove(client);
        if (person != null && person.clients().remove(client) && person.clients().isEmpty()) {
            people.remove(Names.key(person.name()));
        }
    }
}
