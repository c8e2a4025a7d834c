package io.snorky.sync;

import io.snorky.json.JsonException;

import jakarta.validation.ConstraintDeclarationException;
import jakarta.validation.ConstraintDefinitionException;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ElementKind;
import jakarta.validation.NoProviderFoundException;
import jakarta.validation.Path;
import jakarta.validation.ValidationException;
import jakarta.validation.Validator;

import org.jspecify.annotations.Nullable;

import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Checks with the provider of Jakarta Validation that is on the class path. The only class that
 * names the library, which need not be there.
 *
 * <p>Everything in a value is checked that is no class of the platform, as if it was marked
 * {@code @Valid}.
 */
final class JakartaValidation implements Validation {

    private static final int TOLD_AT_ONCE = 5;

    private final Validator validator;
    private final ValueWalk walk = new ValueWalk(this::isConstrained);

    private JakartaValidation(Validator validator) {
        this.validator = validator;
    }

    /**
     * @throws LinkageError if the library is not there
     * @throws RuntimeException if the provider is not, or cannot work
     */
    static Validation start() {
        return new JakartaValidation(
                jakarta.validation.Validation.buildDefaultValidatorFactory().getValidator());
    }

    static boolean isWithoutProvider(RuntimeException failure) {
        return failure instanceof NoProviderFoundException;
    }

    private boolean isConstrained(Class<?> type) {
        return validator.getConstraintsForClass(type).isBeanConstrained();
    }

    // --- When a class is made known

    @Override
    public List<String> problems(
            Class<?> type, Collection<Attribute> attributes, Collection<Exposed> methods) {
        List<String> problems = new ArrayList<>();
        tryOut(problems, () -> validator.getConstraintsForClass(type));
        for (Attribute attribute : attributes) {
            if (attribute.type().declaration() instanceof Field field) {
                tryOut(problems, () -> checked(field, null));
            }
        }
        return problems;
    }

    /** What a validator thinks of null is of no interest, only whether there is one. */
    private static void tryOut(List<String> problems, Runnable use) {
        try {
            use.run();
        } catch (ConstraintDeclarationException | ConstraintDefinitionException e) {
            problems.add("constraints: " + e.getMessage());
        } catch (ValidationException e) {
            // thrown by one of the application's own, which does not take null
        }
    }

    // --- When a browser writes

    @Override
    public void checkAttribute(Object target, Attribute attribute, @Nullable Object value)
            throws Refusal {
        Set<String> said = new TreeSet<>();
        if (attribute.type().declaration() instanceof Field field) {
            checked(field, value).forEach(each -> said.add(told(each, attribute.name(), 1)));
        }
        if (attribute.type().declaration() instanceof Method getter) {
            validator
                    .forExecutables()
                    .validateReturnValue(target, getter, value)
                    .forEach(each -> said.add(told(each, attribute.name(), 2)));
        }
        if (attribute.writer() != null) {
            validator
                    .forExecutables()
                    .validateParameters(target, attribute.writer(), new @Nullable Object[] {value})
                    .forEach(each -> said.add(told(each, attribute.name(), 2)));
        }
        inside(attribute.name(), value, said);
        refuse(said);
    }

    @SuppressWarnings("unchecked") // the class of a field and its violations
    private Set<ConstraintViolation<Object>> checked(Field field, @Nullable Object value) {
        Class<Object> owner = (Class<Object>) field.getDeclaringClass();
        boolean isConstrained =
                validator.getConstraintsForClass(owner).getConstraintsForProperty(field.getName())
                        != null;
        return isConstrained ? validator.validateValue(owner, field.getName(), value) : Set.of();
    }

    @Override
    public void checkArguments(Object target, Exposed method, @Nullable Object[] values)
            throws Refusal {
        Set<String> said = new TreeSet<>();
        switch (method.declaration()) {
            case Method declared -> {
                for (var each :
                        validator.forExecutables().validateParameters(target, declared, values)) {
                    said.add(told(each, argument(each, method), 2));
                }
                for (int i = 0; i < values.length; i++) {
                    inside(method.arguments().get(i).name(), values[i], said);
                }
            }
            case Constructor<?> record -> inside("arguments", values[0], said);
        }
        refuse(said);
    }

    private static String argument(ConstraintViolation<?> violation, Exposed method) {
        for (Path.Node node : violation.getPropertyPath()) {
            if (node.getKind() == ElementKind.PARAMETER) {
                int index = node.as(Path.ParameterNode.class).getParameterIndex();
                return method.arguments().get(index).name();
            }
        }
        return method.name(); // a constraint of several
    }

    private void inside(String name, @Nullable Object value, Set<String> said) {
        walk.through(
                name,
                value,
                (path, bean) ->
                        validator.validate(bean).forEach(each -> said.add(told(each, path, 0))));
    }

    private static void refuse(Set<String> said) throws Refusal {
        if (!said.isEmpty()) {
            throw new Refusal(
                    ErrorCode.INVALID,
                    said.stream().limit(TOLD_AT_ONCE).collect(Collectors.joining("; ")));
        }
    }

    /**
     * @param name of what the path begins at
     * @param skipped how many of its steps are that
     */
    private static String told(ConstraintViolation<?> violation, String name, int skipped) {
        var where = new StringBuilder(name);
        int step = 0;
        for (Path.Node node : violation.getPropertyPath()) {
            if (node.isInIterable()) {
                Object place = node.getKey() == null ? node.getIndex() : node.getKey();
                where.append('[').append(place == null ? "" : place).append(']');
            }
            if (step++ >= skipped && node.getKind() == ElementKind.PROPERTY) {
                where.append('.').append(node.getName());
            }
        }
        return where
                + ": "
                + shown(violation.getInvalidValue())
                + " (expected: "
                + violation.getMessage()
                + ")";
    }

    private static String shown(@Nullable Object value) {
        if (value == null || value instanceof byte[]) {
            return value == null ? "null" : "bytes";
        }
        try {
            String text = Json.tree(value).toString();
            return text.length() <= 80 ? text : text.substring(0, 80) + "…";
        } catch (JsonException e) {
            return "a value";
        }
    }
}
