package io.snorky.server.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A certificate of {@code localhost} and {@code 127.0.0.1} that signs itself, made for a test. */
public record TestCertificate(X509Certificate certificate, PrivateKey key) {

    private static final String PASSWORD = "swordfish";

    /**
     * @param algorithm of the key, and its size or curve, as {@code keytool} has them
     */
    public static TestCertificate of(String algorithm, String... more) {
        try {
            Path folder = Files.createTempDirectory("certificate");
            Path store = folder.resolve("store.p12");
            try {
                make(store, algorithm, more);
                return read(store);
            } finally {
                Files.deleteIfExists(store);
                Files.delete(folder);
            }
        } catch (IOException | GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** One of the kind that is made fastest. */
    public static TestCertificate ofAnyKind() {
        return of("EC", "-groupname", "secp256r1");
    }

    private static void make(Path store, String algorithm, String... more) throws IOException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of("-genkeypair", "-alias", "test", "-dname", "CN=test"));
        command.addAll(List.of("-keyalg", algorithm, "-validity", "2"));
        command.addAll(List.of("-ext", "san=dns:localhost,ip:127.0.0.1"));
        command.addAll(List.of("-keystore", store.toString(), "-storepass", PASSWORD));
        command.addAll(List.of(more));
        Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (InputStream output = keytool.getInputStream()) {
            String said = new String(output.readAllBytes(), StandardCharsets.UTF_8);
            if (keytool.waitFor() != 0) {
                throw new AssertionError(said);
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static TestCertificate read(Path file) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray());
        return new TestCertificate(
                (X509Certificate) store.getCertificate("test"),
                (PrivateKey) store.getKey("test", PASSWORD.toCharArray()));
    }

    /** Writes it as it is used most: the key in PKCS #8, not encrypted. */
    public void writeTo(Path chainFile, Path keyFile) {
        write(chainFile, pem());
        write(keyFile, pem("PRIVATE KEY", key.getEncoded()));
    }

    /** Writes a file in one step, as those who renew certificates do. */
    public static void write(Path file, String text) {
        try {
            Path next = file.resolveSibling(file.getFileName() + ".next");
            Files.writeString(next, text);
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String pem() {
        try {
            return pem("CERTIFICATE", certificate.getEncoded());
        } catch (CertificateEncodingException e) {
            throw new AssertionError(e);
        }
    }

    public static String pem(String label, byte[] bytes) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
        return "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n";
    }

    /** What a client has that trusts this certificate and no other. */
    public SSLContext clientContext() {
        try {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry("test", certificate);
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new AssertionError(e);
        }
    }
}
