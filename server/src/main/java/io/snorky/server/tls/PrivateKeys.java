package io.snorky.server.tls;

import java.io.IOException;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;

import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** Reads a private key of any of the forms that are around. */
final class PrivateKeys {

    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA");

    private PrivateKeys() {}

    /**
     * @param password empty if there is none
     * @throws GeneralSecurityException whose message says what was expected; it tells nothing of
     *     the key
     */
    static PrivateKey read(Pem pem, String password) throws GeneralSecurityException {
        boolean isOldAndEncrypted = pem.body().contains("Proc-Type:");
        if (isOldAndEncrypted) {
            throw new InvalidKeySpecException("PKCS #8, if it is encrypted");
        }
        try {
            byte[] bytes = pem.bytes();
            return switch (pem.label()) {
                case "PRIVATE KEY" -> decode(new PKCS8EncodedKeySpec(bytes));
                case "RSA PRIVATE KEY" -> decode(new PKCS8EncodedKeySpec(Der.wrapRsa(bytes)));
                case "EC PRIVATE KEY" -> decode(new PKCS8EncodedKeySpec(Der.wrapEc(bytes)));
                case "ENCRYPTED PRIVATE KEY" -> decode(decrypt(bytes, password));
                default -> throw new InvalidKeySpecException("a key of RSA, EC or EdDSA");
            };
        } catch (IllegalArgumentException e) {
            throw new InvalidKeySpecException("Base64 between the lines with dashes", e);
        }
    }

    private static PrivateKey decode(PKCS8EncodedKeySpec key) throws GeneralSecurityException {
        var problem = new InvalidKeySpecException("a key of RSA, EC or EdDSA");
        for (String algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(key);
            } catch (InvalidKeySpecException e) {
                problem.addSuppressed(e); // it may be of another one
            }
        }
        throw problem;
    }

    private static PKCS8EncodedKeySpec decrypt(byte[] bytes, String password)
            throws GeneralSecurityException {
        if (password.isEmpty()) {
            throw new InvalidKeySpecException("with a password, as it is encrypted");
        }
        try {
            var info = new EncryptedPrivateKeyInfo(bytes);
            AlgorithmParameters parameters = info.getAlgParameters();
            // of PBES2 (PKCS #5), only the parameters know which ciphers it consists of
            String algorithm =
                    info.getAlgName().equals("PBES2") ? parameters.toString() : info.getAlgName();
            var key =
                    SecretKeyFactory.getInstance(algorithm)
                            .generateSecret(new PBEKeySpec(password.toCharArray()));
            Cipher cipher = Cipher.getInstance(algorithm);
            cipher.init(Cipher.DECRYPT_MODE, key, parameters);
            return info.getKeySpec(cipher);
        } catch (IOException | NoSuchAlgorithmException e) {
            throw new InvalidKeySpecException("encrypted as Java can, with PBES2 and AES", e);
        } catch (GeneralSecurityException e) {
            throw new InvalidKeySpecException("another password", e);
        }
    }
}
