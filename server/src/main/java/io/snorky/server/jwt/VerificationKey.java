package io.snorky.server.jwt;

import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.keys.HmacKey;
import org.jspecify.annotations.Nullable;

import java.security.Key;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A key and what it is for. That follows from the key alone, never from a token.
 *
 * @param id tells it from others of its ring; null where they have no ids
 * @param algorithms that it may verify; at least one
 */
record VerificationKey(@Nullable String id, Key key, List<String> algorithms) {

    /** Bytes of the shortest secret. */
    static final int MIN_SECRET = 32;

    private static final int MIN_RSA_BITS = 2048;

    /** By the length that the secret needs. */
    private static final List<String> HMAC =
            List.of(
                    AlgorithmIdentifiers.HMAC_SHA256,
                    AlgorithmIdentifiers.HMAC_SHA384,
                    AlgorithmIdentifiers.HMAC_SHA512);

    private static final List<String> RSA =
            List.of(
                    AlgorithmIdentifiers.RSA_USING_SHA256,
                    AlgorithmIdentifiers.RSA_USING_SHA384,
                    AlgorithmIdentifiers.RSA_USING_SHA512,
                    AlgorithmIdentifiers.RSA_PSS_USING_SHA256,
                    AlgorithmIdentifiers.RSA_PSS_USING_SHA384,
                    AlgorithmIdentifiers.RSA_PSS_USING_SHA512);

    private static final Map<String, List<String>> BY_CURVE =
            Map.of(
                    EllipticCurves.P_256,
                    List.of(AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256),
                    EllipticCurves.P_384,
                    List.of(AlgorithmIdentifiers.ECDSA_USING_P384_CURVE_AND_SHA384),
                    EllipticCurves.P_521,
                    List.of(AlgorithmIdentifiers.ECDSA_USING_P521_CURVE_AND_SHA512));

    private static final List<String> EDWARDS = List.of(AlgorithmIdentifiers.EDDSA);

    /** Of keys of any kind. */
    static final Set<String> ALL_ALGORITHMS =
            Stream.concat(Stream.of(HMAC, RSA, EDWARDS), BY_CURVE.values().stream())
                    .flatMap(List::stream)
                    .collect(Collectors.toUnmodifiableSet());

    /** What {@link #of(String, PublicKey)} takes. */
    static final String KINDS = "RSA of 2,048 bits or more, EC on P-256, P-384 or P-521, Ed25519";

    VerificationKey {
        algorithms = List.copyOf(algorithms);
    }

    /**
     * @param id null if it has none
     * @return null if it is of another kind than expected
     */
    static @Nullable VerificationKey of(@Nullable String id, PublicKey key) {
        List<String> algorithms =
                switch (key) {
                    case RSAPublicKey rsa when rsa.getModulus().bitLength() >= MIN_RSA_BITS -> RSA;
                    case ECPublicKey ec -> byCurve(ec);
                    case EdECPublicKey ed when ed.getParams().getName().equals("Ed25519") ->
                            EDWARDS;
                    default -> List.of();
                };
        return algorithms.isEmpty() ? null : new VerificationKey(id, key, algorithms);
    }

    private static List<String> byCurve(ECPublicKey key) {
        String curve = EllipticCurves.getName(key.getParams().getCurve());
        return curve == null ? List.of() : BY_CURVE.getOrDefault(curve, List.of());
    }

    /**
     * Of a secret that signer and verifier share. It has to be as long as what it makes (RFC 7518,
     * section 3.2).
     *
     * @param secret of {@link #MIN_SECRET} bytes or more
     */
    static VerificationKey of(byte[] secret) {
        int count = secret.length >= 64 ? 3 : secret.length >= 48 ? 2 : 1;
        return new VerificationKey(null, new HmacKey(secret), HMAC.subList(0, count));
    }

    /** The same for one algorithm alone; null if it is not one of them. */
    @Nullable VerificationKey onlyFor(String algorithm) {
        return algorithms.contains(algorithm)
                ? new VerificationKey(id, key, List.of(algorithm))
                : null;
    }

    @Override
    public String toString() {
        return "VerificationKey[" + id + ", " + algorithms + "]";
    }
}
