package io.snorky.identity;

import io.snorky.Client;
import io.snorky.CloseReason;
import io.snorky.Figure;
import io.snorky.Identification;
import io.snorky.json.ValueKey;
import io.snorky.rpc.Command;
import io.snorky.rpc.RpcError;
import io.snorky.rpc.RpcService;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Clients prove here who they are, by a token: with their first message if they could not at the
 * handshake, and again before what they have proved ends.
 *
 * <p>What a client sends right behind its token is handled when the token has been looked at, so it
 * need not wait for the answer.
 *
 * <p>Threads: any. The verifier is asked on virtual threads.
 */
public final class IdentityService extends RpcService {

    /** Tokens that one connection may be refused. */
    private static final int MAX_REFUSED = 5;

    /**
     * What a client has proved.
     *
     * @param expiresIn seconds, rounded down; null if it does not end
     */
    record Proved(JsonNode identity, @Nullable Long expiresIn) {}

    private final TokenVerifier verifier;
    private final RefusedTokens refused;
    private final Map<Client, Integer> failures = new ConcurrentHashMap<>();

    /**
     * @param name under which clients address it, usually {@code identity}
     * @param verifier says what tokens are worth
     */
    public IdentityService(String name, TokenVerifier verifier) {
        this(name, verifier, new RefusedTokens());
    }

    /**
     * @param name under which clients address it, usually {@code identity}
     * @param verifier says what tokens are worth
     * @param refused is told of those that are worth nothing
     */
    public IdentityService(String name, TokenVerifier verifier, RefusedTokens refused) {
        super(name);
        this.verifier = verifier;
        this.refused = refused;
    }

    @Override
    protected boolean servesStrangers() {
        return true;
    }

    /**
     * Takes the caller for whom its token proves it to be, for as long as that says.
     *
     * @return {@code {"identity": …, "expiresIn": seconds | null}}
     * @throws RpcError {@code Not authenticated} if the token proves nothing, after which the
     *     connection is closed if it has to prove something first, or had too many refused; or if
     *     the caller is somebody else already
     */
    @Command
    Proved authenticate(Client caller, String token) {
        Identification who = verified(caller, token);
        JsonNode before = caller.identity();
        if (!before.isNull() && !ValueKey.of(before).equals(ValueKey.of(who.identity()))) {
            throw new RpcError(
                    "identity",
                    who.identity(),
                    "the one before, " + before + "; connect anew to be somebody else");
        }
        failures.remove(caller);
        caller.identify(who);
        return new Proved(who.identity(), who.validFor().map(Duration::toSeconds).orElse(null));
    }

    private Identification verified(Client caller, String token) {
        try {
            return verifier.verify(token);
        } catch (TokenRefusedException e) {
            refused.add(caller.remoteAddress(), e);
            int count = caller.isConnected() ? failures.merge(caller, 1, Integer::sum) : 1;
            if (caller.mustAuthenticate() || count >= MAX_REFUSED) {
                caller.close(CloseReason.NOT_AUTHENTICATED);
            }
            throw new RpcError(CloseReason.NOT_AUTHENTICATED.text());
        }
    }

    @Override
    protected void clientDisconnected(Client client) {
        failures.remove(client);
    }

    @Override
    public List<Figure> figures() {
        return List.of(
                Figure.counter(
                        "snorky.identity.refused", "Tokens that were refused", refused::count));
    }
}
