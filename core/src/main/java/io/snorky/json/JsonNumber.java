package io.snorky.json;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.POJONode;
import tools.jackson.databind.util.RawValue;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/**
 * Numbers with their exact value, at a cost that follows the length of their text and never their
 * magnitude.
 *
 * <p>A number of up to {@value #MAX_DIGITS} characters and with an exponent of up to four digits
 * becomes a numeric node. Any other is legal JSON too, but computing with it could cost without
 * bound ({@code 1e1000000000} has a billion digits): it is kept as its text, in a node whose {@code
 * isNumber()} is false and which is written out as it came.
 */
final class JsonNumber {

    static final int MAX_DIGITS = 1000;

    private static final int MAX_EXPONENT_DIGITS = 4;
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private JsonNumber() {}

    static JsonNode node(byte[] text, int from, int to) {
        boolean integer = isInteger(text, from, to);
        if (integer && to - from <= 18 && !isMinusZero(text, from, to)) {
            long value = longOf(text, from, to);
            return value == (int) value ? NODES.numberNode((int) value) : NODES.numberNode(value);
        }
        String number = new String(text, from, to - from, StandardCharsets.ISO_8859_1);
        if (number.length() > MAX_DIGITS || exponentDigits(number) > MAX_EXPONENT_DIGITS) {
            return NODES.rawValueNode(new RawValue(number));
        }
        if (isMinusZero(text, from, to)) {
            return NODES.numberNode(-0.0);
        }
        return integer
                ? NODES.numberNode(new BigInteger(number))
                : NODES.numberNode(new BigDecimal(number));
    }

    /** The text of a number that was too long or too large for a numeric node, else empty. */
    static String rawText(JsonNode node) {
        return node instanceof POJONode pojo && pojo.getPojo() instanceof RawValue raw
                ? raw.rawValue().toString()
                : "";
    }

    /** The value of an integer of at most 18 characters. */
    static long longOf(byte[] text, int from, int to) {
        boolean negative = text[from] == '-';
        long value = 0;
        for (int at = negative ? from + 1 : from; at < to; at++) {
            value = value * 10 + (text[at] - '0');
        }
        return negative ? -value : value;
    }

    static boolean isInteger(byte[] text, int from, int to) {
        for (int at = from; at < to; at++) {
            if (text[at] > '9' || text[at] == '.') {
                return false;
            }
        }
        return true;
    }

    private static boolean isMinusZero(byte[] text, int from, int to) {
        if (text[from] != '-') {
            return false;
        }
        for (int at = from + 1; at < to; at++) {
            if ((text[at] | 0x20) == 'e') {
                return true;
            }
            if (text[at] != '0' && text[at] != '.') {
                return false;
            }
        }
        return true;
    }

    private static int exponentDigits(String number) {
        int at = Math.max(number.indexOf('e'), number.indexOf('E'));
        if (at < 0) {
            return 0;
        }
        at++;
        while (at < number.length() && "+-0".indexOf(number.charAt(at)) >= 0) {
            at++;
        }
        return number.length() - at;
    }
}
