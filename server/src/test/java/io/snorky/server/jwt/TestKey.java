package io.snorky.server.jwt;

import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** Signs tokens, as an issuer does. */
record TestKey(String algorithm, Key signing, Key verifying) {

    static final TestKey RSA = rsa();
    static final TestKey OTHER_RSA = rsa();
    static final TestKey P256 = ec(AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256, 256);
    static final TestKey OTHER_P256 =
            ec(AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256, 256);
    static final TestKey P384 = ec(AlgorithmIdentifiers.ECDSA_USING_P384_CURVE_AND_SHA384, 384);
    static final TestKey P521 = ec(AlgorithmIdentifiers.ECDSA_USING_P521_CURVE_AND_SHA512, 521);
    static final TestKey ED25519 = of(AlgorithmIdentifiers.EDDSA, generator("Ed25519"));

    static final byte[] SECRET_BYTES =
            "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
                    .getBytes(StandardCharsets.UTF_8);
    static final TestKey SECRET = secret(SECRET_BYTES);

    private static TestKey rsa() {
        KeyPairGenerator generator = generator("RSA");
        generator.initialize(2048);
        return of(AlgorithmIdentifiers.RSA_USING_SHA256, generator);
    }

    private static TestKey ec(String algorithm, int bits) {
        KeyPairGenerator generator = generator("EC");
        try {
            generator.initialize(new ECGenParameterSpec("secp" + bits + "r1"));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
        return of(algorithm, generator);
    }

    static TestKey secret(byte[] bytes) {
        Key key = new HmacKey(bytes);
        return new TestKey(AlgorithmIdentifiers.HMAC_SHA256, key, key);
    }

    static KeyPairGenerator generator(String algorithm) {
        try {
            return KeyPairGenerator.getInstance(algorithm);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static TestKey of(String algorithm, KeyPairGenerator generator) {
        KeyPair pair = generator.generateKeyPair();
        return new TestKey(algorithm, pair.getPrivate(), pair.getPublic());
    }

    TestKey with(String otherAlgorithm) {
        return new TestKey(otherAlgorithm, signing, verifying);
    }

    /** A token without {@code kid}. */
    String sign(String claims) {
        return sign(Map.of(), claims);
    }

    String signAs(String id, String claims) {
        return sign(Map.of("kid", id), claims);
    }

    String sign(Map<String, ?> headers, String claims) {
        var signature = new JsonWebSignature();
        signature.setAlgorithmHeaderValue(algorithm);
        headers.forEach(signature.getHeaders()::setObjectHeaderValue);
        signature.setPayload(claims);
        signature.setKey(signing);
        signature.setDoKeyValidation(false);
        try {
            return signature.getCompactSerialization();
        } catch (JoseException e) {
            throw new AssertionError(e);
        }
    }

    /** Anything that has the form of a token. */
    static String unsigned(String header, String claims, byte[] signature) {
        Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
        return encoder.encodeToString(header.getBytes(StandardCharsets.UTF_8))
                + '.'
                + encoder.encodeToString(claims.getBytes(StandardCharsets.UTF_8))
                + '.'
                + encoder.encodeToString(signature);
    }

    /** The public key in PEM form. */
    String pem() {
        return "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(verifying.getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
    }

    /** The public key as an element of a key set. */
    String jwk(String id) {
        return jwk(Map.of("kid", id));
    }

    String jwk(Map<String, ?> more) {
        try {
            var jwk = (PublicJsonWebKey) JsonWebKey.Factory.newJwk((PublicKey) verifying);
            more.forEach(jwk::setOtherParameter);
            return jwk.toJson();
        } catch (JoseException e) {
            throw new AssertionError(e);
        }
    }

    static String jwks(String... keys) {
        return "{\"keys\": [" + String.join(", ", keys) + "]}";
    }

    JwtKeys keys() {
        VerificationKey key =
                verifying instanceof PublicKey publicKey
                        ? VerificationKey.of(null, publicKey)
                        : VerificationKey.of(verifying.getEncoded());
        if (key == null) {
            throw new AssertionError(algorithm);
        }
        return new FixedKeys(new KeyRing("the test", List.of(key)));
    }
}
