package io.snorky.rpc;

import tools.jackson.core.TreeNode;

import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which types a parameter may have. */
final class BindableTypes {

    private static final Set<Class<?>> ABSTRACT_BUT_KNOWN =
            Set.of(List.class, Set.class, Collection.class, Map.class, Number.class);

    /** Packages of the platform whose concrete types Jackson knows. */
    private static final List<String> KNOWN_PACKAGES =
            List.of("java.lang.", "java.math.", "java.time.", "java.util.");

    private static final Set<Class<?>> NEVER = Set.of(Thread.class, Void.class, void.class);

    private BindableTypes() {}

    /** Whether JSON can become that type. */
    static boolean contains(Type type) {
        return switch (type) {
            case Class<?> plain when plain.isArray() -> contains(plain.getComponentType());
            case Class<?> plain when plain.isRecord() -> recordFits(plain);
            case Class<?> plain -> classFits(plain);
            case ParameterizedType generic ->
                    contains(generic.getRawType())
                            && List.of(generic.getActualTypeArguments()).stream()
                                    .allMatch(BindableTypes::contains);
            default -> false;
        };
    }

    private static boolean recordFits(Class<?> type) {
        for (RecordComponent component : type.getRecordComponents()) {
            Type componentType = component.getGenericType();
            if (componentType != type && !contains(componentType)) {
                return false;
            }
        }
        return true;
    }

    private static boolean classFits(Class<?> type) {
        if (NEVER.contains(type)) {
            return false;
        }
        if (type.isPrimitive()
                || type.isEnum()
                || ABSTRACT_BUT_KNOWN.contains(type)
                || type == Optional.class
                || TreeNode.class.isAssignableFrom(type)) {
            return true;
        }
        if (Modifier.isAbstract(type.getModifiers())) {
            return false;
        }
        if (type.getName().startsWith("java")) {
            return KNOWN_PACKAGES.stream().anyMatch(type.getName()::startsWith);
        }
        return hasBareConstructor(type);
    }

    private static boolean hasBareConstructor(Class<?> type) {
        return List.of(type.getDeclaredConstructors()).stream()
                .anyMatch(constructor -> constructor.getParameterCount() == 0);
    }
}
