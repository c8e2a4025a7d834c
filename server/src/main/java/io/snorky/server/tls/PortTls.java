package io.snorky.server.tls;

import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.snorky.ConfigurationException;
import io.snorky.Scheduler;
import io.snorky.server.TlsOptions;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.SSLException;

/**
 * The TLS of a port, as its files have it now.
 *
 * <p>Threads: any. What is in use is one immutable context, replaced in one step by the only task
 * that looks at the files.
 */
public final class PortTls {

    private static final Logger LOG = System.getLogger(PortTls.class.getName());

    private final TlsOptions options;
    private final Scheduler scheduler;
    private final Executor handshakes;
    private volatile SslContext context;
    private volatile boolean isClosed;
    private String seen;

    /**
     * @param handshakes does what handshakes have to compute
     * @throws ConfigurationException with all that is wrong with the files
     */
    PortTls(TlsOptions options, Scheduler scheduler, Executor handshakes) {
        this.options = options;
        this.scheduler = scheduler;
        this.handshakes = handshakes;
        PemFiles files = PemFiles.read(options);
        seen = files.fingerprint();
        context = context(files);
    }

    /** Decrypts what comes, before all that is added later, and encrypts what goes. */
    public void addTo(ChannelPipeline pipeline, Duration handshakeTimeout) {
        var handshake = new TlsHandshake(handshakes);
        SslHandler handler = context.newHandler(pipeline.channel().alloc(), handshake);
        handler.setHandshakeTimeout(handshakeTimeout.toMillis(), TimeUnit.MILLISECONDS);
        pipeline.addLast(handler).addLast(handshake);
    }

    /** Looks at the files from time to time, until it is closed. */
    void watch() {
        scheduler.schedule(options.checkInterval(), this::lookOnce);
    }

    void close() {
        isClosed = true;
    }

    /** In a thread of its own, since it waits for the disk. */
    private void lookOnce() {
        if (isClosed) {
            return;
        }
        Thread.ofVirtual()
                .name("snorky-tls-files")
                .start(() -> {
                    try {
                        look();
                    } finally {
                        watch();
                    }
                });
    }

    private void look() {
        PemFiles files = PemFiles.read(options);
        String fingerprint = files.fingerprint();
        if (fingerprint.equals(seen)) {
            return;
        }
        seen = fingerprint;
        try {
            context = context(files);
        } catch (ConfigurationException e) {
            LOG.log(
                    Level.WARNING,
                    () -> "Keeping the certificate in use: " + String.join("; ", e.problems()));
        }
    }

    private SslContext context(PemFiles files) {
        Identity identity = Identity.of(files, options);
        try {
            SslContext made =
                    SslContextBuilder.forServer(identity.key(), identity.chain())
                            .sslProvider(SslProvider.JDK)
                            .protocols(options.protocols())
                            .build();
            tell(identity.chain().get(0));
            return made;
        } catch (SSLException e) {
            String problem = options.certificateChain() + " (expected: a usable certificate): " + e;
            throw new ConfigurationException("TLS", List.of("certificateChain: " + problem));
        }
    }

    private static void tell(X509Certificate certificate) {
        Instant end = certificate.getNotAfter().toInstant();
        LOG.log(
                end.isBefore(Instant.now()) ? Level.WARNING : Level.INFO,
                () ->
                        "Certificate of "
                                + certificate.getSubjectX500Principal()
                                + ", valid until "
                                + end);
    }
}
