package io.snorky.server.tls;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.security.spec.InvalidKeySpecException;
import java.util.HexFormat;

/** As much of DER (X.690) as it takes to put a key of an older form into PKCS #8. */
final class Der {

    private static final int INTEGER = 0x02;
    static final int OCTET_STRING = 0x04;
    static final int SEQUENCE = 0x30;
    private static final int PARAMETERS = 0xa0;

    private static final byte[] ZERO = element(INTEGER, new byte[1]);

    /** rsaEncryption, which has no parameters: NULL. */
    private static final byte[] RSA =
            element(SEQUENCE, HexFormat.of().parseHex("06092a864886f70d0101010500"));

    /** id-ecPublicKey, whose parameters say which curve. */
    private static final byte[] EC = HexFormat.of().parseHex("06072a8648ce3d0201");

    private Der() {}

    /** PKCS #8 of a key in PKCS #1. */
    static byte[] wrapRsa(byte[] key) {
        return element(SEQUENCE, ZERO, RSA, element(OCTET_STRING, key));
    }

    /** PKCS #8 of a key in SEC 1 (RFC 5915). */
    static byte[] wrapEc(byte[] key) throws InvalidKeySpecException {
        return element(
                SEQUENCE, ZERO, element(SEQUENCE, EC, curve(key)), element(OCTET_STRING, key));
    }

    private static byte[] curve(byte[] key) throws InvalidKeySpecException {
        try {
            ByteBuffer fields = content(ByteBuffer.wrap(key), SEQUENCE);
            content(fields, INTEGER);
            content(fields, OCTET_STRING);
            ByteBuffer curve = content(fields, PARAMETERS);
            byte[] bytes = new byte[curve.remaining()];
            curve.get(bytes);
            return bytes;
        } catch (BufferUnderflowException e) {
            throw new InvalidKeySpecException("one that says its curve, as in PKCS #8", e);
        }
    }

    /** Takes an element from the front. */
    private static ByteBuffer content(ByteBuffer from, int tag) throws InvalidKeySpecException {
        if ((from.get() & 0xff) != tag) {
            throw new InvalidKeySpecException("one that says its curve, as in PKCS #8");
        }
        int length = from.get() & 0xff;
        if (length >= 0x80) {
            int lengthBytes = length & 0x7f;
            length = 0;
            for (int i = 0; i < lengthBytes; i++) {
                length = length << 8 | from.get() & 0xff;
            }
        }
        if (length < 0 || length > from.remaining()) {
            throw new BufferUnderflowException();
        }
        ByteBuffer content = from.slice(from.position(), length);
        from.position(from.position() + length);
        return content;
    }

    /** An element of the contents one after the other. */
    static byte[] element(int tag, byte[]... contents) {
        var content = new ByteArrayOutputStream();
        for (byte[] each : contents) {
            content.writeBytes(each);
        }
        var element = new ByteArrayOutputStream();
        element.write(tag);
        int length = content.size();
        if (length >= 0x80) {
            int lengthBytes = (39 - Integer.numberOfLeadingZeros(length)) / 8;
            element.write(0x80 | lengthBytes);
            for (int i = lengthBytes - 1; i >= 0; i--) {
                element.write(length >> 8 * i);
            }
        } else {
            element.write(length);
        }
        element.writeBytes(content.toByteArray());
        return element.toByteArray();
    }
}
