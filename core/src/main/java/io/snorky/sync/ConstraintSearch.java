package io.snorky.sync;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedArrayType;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Looks for constraints of Jakarta Validation, by name: the library need not be there. */
final class ConstraintSearch {

    private static final String MARK = "jakarta.validation.Constraint";

    private final Set<Class<?>> seen = new HashSet<>();

    private ConstraintSearch() {}

    /** What has one, or holds something that has. */
    static Optional<String> first(Collection<Attribute> attributes, Collection<Exposed> methods) {
        for (Attribute attribute : attributes) {
            boolean isWritten =
                    attribute.writer() != null
                            && new ConstraintSearch().isAtParameters(attribute.writer());
            if (isWritten || isIn(attribute.type())) {
                return Optional.of("attribute " + attribute.name());
            }
        }
        for (Exposed method : methods) {
            for (Exposed.Argument argument : method.arguments()) {
                if (isIn(argument.type())) {
                    return Optional.of(method.name() + ", parameter " + argument.name());
                }
            }
        }
        return Optional.empty();
    }

    private boolean isAtParameters(java.lang.reflect.Method method) {
        for (var parameter : method.getParameters()) {
            if (isIn(parameter, parameter.getAnnotatedType())) {
                return true;
            }
        }
        return false;
    }

    private static boolean isIn(DeclaredType type) {
        return new ConstraintSearch().isIn(type.declaration(), type.use());
    }

    private boolean isIn(AnnotatedElement declaration, AnnotatedType use) {
        return isAt(declaration) || isIn(use);
    }

    private boolean isIn(AnnotatedType use) {
        if (isAt(use)) {
            return true;
        }
        return switch (use) {
            case AnnotatedArrayType array -> isIn(array.getAnnotatedGenericComponentType());
            case AnnotatedParameterizedType generic -> {
                for (AnnotatedType argument : generic.getAnnotatedActualTypeArguments()) {
                    if (isIn(argument)) {
                        yield true;
                    }
                }
                yield isInMembers(generic.getType());
            }
            default -> isInMembers(use.getType());
        };
    }

    private boolean isInMembers(Type type) {
        Type raw = type instanceof ParameterizedType generic ? generic.getRawType() : type;
        if (!(raw instanceof Class<?> plain) || !seen.add(plain)) {
            return false;
        }
        if (plain.getName().startsWith("java.") || plain.getName().startsWith("tools.jackson.")) {
            return false;
        }
        if (isAt(plain)) {
            return true;
        }
        for (Field field : plain.getDeclaredFields()) {
            if (isIn(field, field.getAnnotatedType())) {
                return true;
            }
        }
        if (plain.isSealed()) {
            for (Class<?> permitted : plain.getPermittedSubclasses()) {
                if (isInMembers(permitted)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isAt(AnnotatedElement element) {
        for (Annotation annotation : element.getAnnotations()) {
            for (Annotation mark : annotation.annotationType().getAnnotations()) {
                if (mark.annotationType().getName().equals(MARK)) {
                    return true;
                }
            }
        }
        return false;
    }
}
