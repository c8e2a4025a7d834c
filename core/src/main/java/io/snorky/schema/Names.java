package io.snorky.schema;

import tools.jackson.databind.JavaType;

import java.util.HashMap;
import java.util.Map;

/** The names of definitions: as short as they can be, and each for one type. */
final class Names {

    private final Map<String, String> takenBy = new HashMap<>();

    String of(JavaType type) {
        String identity = type.toCanonical();
        Class<?> raw = type.getRawClass();
        String arguments = arguments(type);
        for (String name : new String[] {raw.getSimpleName(), nested(raw), whole(raw)}) {
            String holder = takenBy.putIfAbsent(name + arguments, identity);
            if (holder == null || holder.equals(identity)) {
                return name + arguments;
            }
        }
        throw new IllegalStateException(identity + ": no name (expected: one class of that name)");
    }

    private static String nested(Class<?> type) {
        String name = type.getName().substring(type.getPackageName().length());
        return name.replace(".", "").replace("$", "");
    }

    private static String whole(Class<?> type) {
        return type.getName().replace('.', '_').replace("$", "");
    }

    /** {@code Page<Note>} is {@code PageNote}. */
    private static String arguments(JavaType type) {
        var names = new StringBuilder();
        for (int i = 0; i < type.containedTypeCount(); i++) {
            JavaType argument = type.containedType(i);
            names.append(argument.getRawClass().getSimpleName().replace("[]", "s"));
            names.append(arguments(argument));
        }
        return names.toString();
    }
}
