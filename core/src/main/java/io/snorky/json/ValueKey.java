package io.snorky.json;

import tools.jackson.databind.JsonNode;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;
import java.util.TreeMap;

/**
 * A JSON value as a key: equal where the values are equal by Snorky's rules. Objects count by
 * content whatever the order of their members, lists by order, numbers by exact value ({@code 41}
 * is {@code 41.0}), strings by code points; types are told apart ({@code true} is not {@code 1}).
 *
 * @param canonical a text that is the same for equal values only
 */
public record ValueKey(String canonical) {

    private static final int MAX_EXPONENT_DIGITS = 18;

    public static ValueKey of(JsonNode value) {
        if (value.isString()) {
            return new ValueKey('"' + value.stringValue());
        }
        var out = new StringBuilder();
        write(value, out);
        return new ValueKey(out.toString());
    }

    private static void write(JsonNode value, StringBuilder out) {
        switch (value.getNodeType()) {
            case OBJECT -> object(value, out);
            case ARRAY -> {
                out.append('[');
                value.forEach(element -> write(element, out));
                out.append(']');
            }
            case STRING, BINARY -> string(value.asString(), out);
            case NUMBER -> out.append(number(value)).append(' ');
            case BOOLEAN -> out.append(value.booleanValue() ? 't' : 'f');
            case NULL, MISSING -> out.append('n');
            case POJO -> out.append(text(JsonNumber.rawText(value))).append(' ');
        }
    }

    private static void object(JsonNode object, StringBuilder out) {
        Map<String, JsonNode> sorted = new TreeMap<>();
        object.properties().forEach(member -> sorted.put(member.getKey(), member.getValue()));
        out.append('{');
        sorted.forEach((name, value) -> {
            string(name, out);
            write(value, out);
        });
        out.append('}');
    }

    /** The length in front makes an end mark, and so escaping, unnecessary. */
    private static void string(String value, StringBuilder out) {
        out.append('"').append(value.length()).append(':').append(value);
    }

    private static String number(JsonNode value) {
        return switch (value.numberType()) {
            case INT, LONG -> exact(BigDecimal.valueOf(value.longValue()));
            case BIG_INTEGER -> exact(new BigDecimal(value.bigIntegerValue()));
            case BIG_DECIMAL -> exact(value.decimalValue());
            case FLOAT, DOUBLE ->
                    Double.isFinite(value.doubleValue())
                            ? exact(BigDecimal.valueOf(value.doubleValue()))
                            : Double.toString(value.doubleValue());
        };
    }

    private static String exact(BigDecimal value) {
        BigDecimal stripped = value.stripTrailingZeros();
        return stripped.signum() == 0 ? "0" : stripped.unscaledValue() + "e" + -stripped.scale();
    }

    /** As {@link #exact}, for a number too long or too large to compute with. */
    private static String text(String number) {
        int e = Math.max(number.indexOf('e'), number.indexOf('E'));
        String mantissa = e < 0 ? number : number.substring(0, e);
        String exponent = e < 0 ? "0" : number.substring(e + 1);
        int point = mantissa.indexOf('.');
        int decimals = point < 0 ? 0 : mantissa.length() - point - 1;
        boolean negative = mantissa.startsWith("-");
        String digits = mantissa.replace("-", "").replace(".", "");
        int first = 0;
        int last = digits.length();
        while (first < last && digits.charAt(first) == '0') {
            first++;
        }
        while (last > first && digits.charAt(last - 1) == '0') {
            last--;
        }
        if (first == last) {
            return "0";
        }
        String magnitude = exponent.replaceFirst("^[+-]?0*", "");
        if (magnitude.length() > MAX_EXPONENT_DIGITS) {
            return number;
        }
        BigInteger power =
                new BigInteger(exponent.startsWith("+") ? exponent.substring(1) : exponent)
                        .add(BigInteger.valueOf(digits.length() - last - decimals));
        return (negative ? "-" : "") + digits.substring(first, last) + "e" + power;
    }
}
