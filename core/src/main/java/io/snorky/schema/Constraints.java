package io.snorky.schema;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.lang.annotation.Annotation;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The constraints of Jakarta Validation in words of JSON Schema. They are known by name, so that
 * nobody needs the library who has no constraints.
 */
final class Constraints {

    private static final String PACKAGE = "jakarta.validation.constraints.";
    private static final String MARK = "jakarta.validation.Constraint";
    private static final BigDecimal SMALL = BigDecimal.valueOf(Integer.MAX_VALUE);
    private static final Set<String> NOT_NULL = Set.of("NotNull", "NotBlank", "NotEmpty");

    private Constraints() {}

    static boolean excludeNull(Collection<Annotation> annotations) {
        return atomic(annotations).stream().anyMatch(each -> NOT_NULL.contains(name(each)));
    }

    /** Adds to a schema what JSON Schema has a word for. */
    static void apply(Collection<Annotation> annotations, ObjectNode schema) {
        for (Annotation each : atomic(annotations)) {
            switch (schema.path("type").asString("")) {
                case "string" -> ofString(each, schema);
                case "integer", "number" -> ofNumber(each, schema);
                case "array" -> size(each, schema, "minItems", "maxItems");
                case "object" -> size(each, schema, "minProperties", "maxProperties");
                case "boolean" -> ofBoolean(each, schema);
                default -> {}
            }
        }
    }

    private static void ofString(Annotation each, ObjectNode schema) {
        size(each, schema, "minLength", "maxLength");
        switch (name(each)) {
            case "NotBlank" -> {
                atLeast(schema, "minLength", BigDecimal.ONE);
                pattern(schema, "\\S");
            }
            case "Pattern" -> {
                if (Array.getLength(value(each, "flags")) == 0) {
                    pattern(schema, "^(?:" + value(each, "regexp") + ")$");
                }
            }
            case "Email" -> schema.put("format", "email");
            default -> {}
        }
    }

    private static void pattern(ObjectNode schema, String pattern) {
        if (schema.has("pattern")) {
            schema.withArray("allOf").addObject().put("pattern", pattern);
        } else {
            schema.put("pattern", pattern);
        }
    }

    private static void ofNumber(Annotation each, ObjectNode schema) {
        switch (name(each)) {
            case "Min" -> atLeast(schema, "minimum", number(each));
            case "Max" -> atMost(schema, "maximum", number(each));
            case "DecimalMin" ->
                    atLeast(schema, inclusive(each, "minimum", "exclusiveMinimum"), number(each));
            case "DecimalMax" ->
                    atMost(schema, inclusive(each, "maximum", "exclusiveMaximum"), number(each));
            case "Positive" -> atLeast(schema, "exclusiveMinimum", BigDecimal.ZERO);
            case "PositiveOrZero" -> atLeast(schema, "minimum", BigDecimal.ZERO);
            case "Negative" -> atMost(schema, "exclusiveMaximum", BigDecimal.ZERO);
            case "NegativeOrZero" -> atMost(schema, "maximum", BigDecimal.ZERO);
            default -> {}
        }
    }

    private static void ofBoolean(Annotation each, ObjectNode schema) {
        switch (name(each)) {
            case "AssertTrue" -> schema.put("const", true);
            case "AssertFalse" -> schema.put("const", false);
            default -> {}
        }
    }

    private static void size(Annotation each, ObjectNode schema, String least, String most) {
        if (name(each).equals("NotEmpty")) {
            atLeast(schema, least, BigDecimal.ONE);
        } else if (name(each).equals("Size")) {
            int min = (int) value(each, "min");
            int max = (int) value(each, "max");
            if (min > 0) {
                atLeast(schema, least, BigDecimal.valueOf(min));
            }
            if (max < Integer.MAX_VALUE) {
                atMost(schema, most, BigDecimal.valueOf(max));
            }
        }
    }

    private static void atLeast(ObjectNode schema, String word, BigDecimal bound) {
        JsonNode before = schema.get(word);
        put(schema, word, before == null ? bound : bound.max(before.decimalValue()));
    }

    private static void atMost(ObjectNode schema, String word, BigDecimal bound) {
        JsonNode before = schema.get(word);
        put(schema, word, before == null ? bound : bound.min(before.decimalValue()));
    }

    /** In the nodes that a parser would make of them, so that sets can be compared. */
    private static void put(ObjectNode schema, String word, BigDecimal bound) {
        boolean isWhole = bound.stripTrailingZeros().scale() <= 0;
        if (isWhole && bound.abs().compareTo(SMALL) < 0) {
            schema.put(word, bound.intValueExact());
        } else if (isWhole) {
            schema.put(word, bound.toBigIntegerExact());
        } else if (BigDecimal.valueOf(bound.doubleValue()).compareTo(bound) == 0) {
            schema.put(word, bound.doubleValue());
        } else {
            schema.put(word, bound);
        }
    }

    private static String inclusive(Annotation each, String inclusive, String exclusive) {
        return (boolean) value(each, "inclusive") ? inclusive : exclusive;
    }

    private static BigDecimal number(Annotation each) {
        return new BigDecimal(value(each, "value").toString());
    }

    // --- Which there are

    /**
     * Those of the library that hold without being asked for, also those that others are made of.
     */
    private static List<Annotation> atomic(Collection<Annotation> annotations) {
        List<Annotation> atomic = new ArrayList<>();
        annotations.forEach(each -> collect(each, atomic));
        return atomic;
    }

    private static void collect(Annotation each, List<Annotation> atomic) {
        Class<? extends Annotation> type = each.annotationType();
        if (isConstraint(type)) {
            if (((Class<?>[]) value(each, "groups")).length > 0) {
                return;
            }
            if (type.getName().startsWith(PACKAGE)) {
                atomic.add(each);
            }
            for (Annotation part : type.getAnnotations()) {
                collect(part, atomic);
            }
        } else {
            repeated(each)
                    .ifPresent(all -> {
                        for (Annotation one : all) {
                            collect(one, atomic);
                        }
                    });
        }
    }

    private static Optional<Annotation[]> repeated(Annotation each) {
        try {
            Class<?> of = each.annotationType().getMethod("value").getReturnType();
            boolean isList = of.isArray() && isConstraint(of.getComponentType());
            return isList ? Optional.of((Annotation[]) value(each, "value")) : Optional.empty();
        } catch (NoSuchMethodException e) {
            return Optional.empty();
        }
    }

    private static boolean isConstraint(Class<?> type) {
        for (Annotation mark : type.getAnnotations()) {
            if (mark.annotationType().getName().equals(MARK)) {
                return true;
            }
        }
        return false;
    }

    private static String name(Annotation each) {
        return each.annotationType().getName().substring(PACKAGE.length());
    }

    private static Object value(Annotation each, String member) {
        try {
            var method = each.annotationType().getDeclaredMethod(member);
            method.trySetAccessible();
            return method.invoke(each);
        } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException(
                    each + ": no " + member + " (expected: a constraint of Jakarta Validation)", e);
        }
    }
}
