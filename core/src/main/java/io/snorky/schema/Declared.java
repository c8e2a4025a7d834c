package io.snorky.schema;

import io.snorky.json.StrictJson;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JavaType;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.AnnotatedParameter;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedArrayType;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.AnnotatedWildcardType;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.List;

/**
 * A type where it is used, and what annotations say of it there.
 *
 * @param use the type with the annotations inside, null if nothing is known of them
 */
record Declared(JavaType type, List<Annotation> annotations, @Nullable AnnotatedType use) {

    Declared {
        annotations = annotations.stream().distinct().toList(); // @Size is of both, place and type
    }

    static Declared of(AnnotatedElement declaration, AnnotatedType use) {
        return of(StrictJson.MAPPER.constructType(use.getType()), List.of(declaration), use);
    }

    private static Declared of(
            JavaType type, List<AnnotatedElement> declarations, @Nullable AnnotatedType use) {
        List<Annotation> annotations = new ArrayList<>();
        declarations.forEach(each -> annotations.addAll(List.of(each.getAnnotations())));
        if (use != null) {
            annotations.addAll(List.of(use.getAnnotations()));
        }
        return new Declared(type, annotations, use);
    }

    /** A member of a record or another class, as Jackson has found it. */
    static Declared of(AnnotatedMember member, JavaType type) {
        if (member instanceof AnnotatedParameter parameter) {
            return ofParameter(
                    type, (Executable) parameter.getOwner().getMember(), parameter.getIndex());
        }
        return switch (member.getMember()) {
            case Field field -> of(type, List.of(field), field.getAnnotatedType());
            case Method method when method.getParameterCount() == 1 -> ofParameter(type, method, 0);
            case Method method -> of(type, sources(method), method.getAnnotatedReturnType());
            default -> of(type, List.of(), null);
        };
    }

    private static Declared ofParameter(JavaType type, Executable method, int index) {
        Parameter parameter = method.getParameters()[index];
        return of(type, List.of(parameter), parameter.getAnnotatedType());
    }

    /** An accessor that is written out has not what stands at its record's component. */
    private static List<AnnotatedElement> sources(Method accessor) {
        if (accessor.getDeclaringClass().isRecord()) {
            try {
                return List.of(
                        accessor,
                        accessor.getDeclaringClass().getDeclaredField(accessor.getName()));
            } catch (NoSuchFieldException e) {
                return List.of(accessor); // a computed member
            }
        }
        return List.of(accessor);
    }

    /** What is in it: the parameter of its type of that index, or the element of an array. */
    Declared content(JavaType content, int index) {
        AnnotatedType inner =
                switch (use) {
                    case AnnotatedArrayType array -> array.getAnnotatedGenericComponentType();
                    case AnnotatedParameterizedType generic
                            when type.getRawClass().getName().startsWith("java.") ->
                            generic.getAnnotatedActualTypeArguments()[index];
                    case null, default -> null;
                };
        if (inner instanceof AnnotatedWildcardType wildcard) {
            inner = wildcard.getAnnotatedUpperBounds()[0];
        }
        Declared found = of(content, List.of(), inner);
        // @Size String[] x: said of the declaration, and heard at the element, too
        return use instanceof AnnotatedArrayType
                ? new Declared(
                        content,
                        found.annotations.stream()
                                .filter(each -> !annotations.contains(each))
                                .toList(),
                        inner)
                : found;
    }

    /** Whether null will do: by name, as everywhere, so that any library's annotation will do. */
    boolean isNullable() {
        return annotations.stream()
                        .anyMatch(each -> each.annotationType().getSimpleName().equals("Nullable"))
                && !Constraints.excludeNull(annotations);
    }
}
