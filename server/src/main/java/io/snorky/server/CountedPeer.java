package io.snorky.server;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundInvoker;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.snorky.server.http.HttpAnswer;
import io.snorky.server.http.Peer;
import io.snorky.server.proxy.Network;
import io.snorky.server.proxy.ProxyProtocolHandler;
import io.snorky.server.proxy.Sender;
import io.snorky.server.proxy.TrustedProxies;

import org.jspecify.annotations.Nullable;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Optional;

/**
 * Who is at the other end of a connection, counted by {@link Admission}: in total from the start,
 * and for an address as soon as it is known and for as long as it stays the same.
 *
 * <p>Threads: owned by the connection's event loop.
 */
final class CountedPeer implements Peer, ProxyProtocolHandler.Listener {

    private static final InetSocketAddress UNKNOWN = new InetSocketAddress(0);

    private static final HttpAnswer TOO_MANY =
            HttpAnswer.text(HttpResponseStatus.SERVICE_UNAVAILABLE, "Too many connections")
                    .with(HttpHeaderNames.RETRY_AFTER, "5");

    private final Admission admission;
    private final TrustedProxies proxies;
    private final boolean tls;
    private Sender peer;
    private Sender sender;
    private boolean speaksForOthers;
    private @Nullable Network countedFor;
    private boolean isGone;

    /**
     * @param tls whether it has to speak TLS with this server
     */
    CountedPeer(Channel channel, Admission admission, TrustedProxies proxies, boolean tls) {
        this.admission = admission;
        this.proxies = proxies;
        this.tls = tls;
        var address = channel.remoteAddress() instanceof InetSocketAddress ip ? ip : UNKNOWN;
        peer = new Sender(address, tls);
        sender = peer;
    }

    /**
     * Lets a new connection in, unless there are too many.
     *
     * @return false if it has been refused
     */
    boolean enters(Channel channel) {
        if (!admission.enter(channel)) {
            return refuse(channel);
        }
        channel.closeFuture().addListener(closed -> goes());
        return isAnnounced() || arrives(channel);
    }

    /** Whether a header of the PROXY protocol has to tell first who it is. */
    boolean isAnnounced() {
        return proxies.introduces(peer.address());
    }

    private boolean arrives(ChannelOutboundInvoker channel) {
        speaksForOthers = proxies.trusts(peer.address());
        return speaksForOthers || counts(peer) || refuse(channel);
    }

    @Override
    public boolean clientIs(Sender client, ChannelOutboundInvoker refusal) {
        peer = new Sender(client.address(), tls || client.isEncrypted());
        sender = peer;
        return arrives(refusal);
    }

    @Override
    public boolean clientIsUnknown(ChannelOutboundInvoker refusal) {
        return counts(peer) || refuse(refusal);
    }

    private boolean refuse(ChannelOutboundInvoker to) {
        admission.refuse(to, sender.address(), tls);
        return false;
    }

    private void goes() {
        isGone = true;
        admission.leave();
        stopCounting();
    }

    private boolean counts(Sender who) {
        Network network = admission.network(who.address().getAddress());
        if (isGone || network.equals(countedFor)) {
            return true;
        }
        stopCounting();
        if (!admission.enter(network)) {
            return false;
        }
        countedFor = network;
        return true;
    }

    private void stopCounting() {
        if (countedFor != null) {
            admission.leave(countedFor);
            countedFor = null;
        }
    }

    @Override
    public Optional<HttpAnswer> sends(HttpHeaders headers) {
        if (!speaksForOthers) {
            return Optional.empty();
        }
        sender = proxies.sender(headers, peer);
        return counts(sender) ? Optional.empty() : Optional.of(TOO_MANY);
    }

    @Override
    public SocketAddress remoteAddress() {
        return sender.address();
    }

    @Override
    public boolean isEncrypted() {
        return sender.isEncrypted();
    }
}
