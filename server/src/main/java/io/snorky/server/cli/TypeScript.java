package io.snorky.server.cli;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Writes types of TypeScript for JSON Schemas, formatted as Biome and Prettier would.
 *
 * <p>Threads: one at a time.
 */
final class TypeScript {

    static final int WIDTH = 100;
    private static final String DEFINITIONS = "#/$defs/";
    private static final Pattern NAME = Pattern.compile("[A-Za-z_$][A-Za-z0-9_$]*");

    private final JsonNode definitions;
    private final Function<String, String> inlined;
    private final StringBuilder out = new StringBuilder();
    private final Set<String> needed = new HashSet<>();
    private final Set<String> declared = new HashSet<>();

    /**
     * @param schemas a document with {@code $defs}
     * @param inlined what to write for a reference to a definition; empty for its name
     */
    TypeScript(ObjectNode schemas, Function<String, String> inlined) {
        definitions = schemas.path("$defs");
        this.inlined = inlined;
    }

    JsonNode definition(String name) {
        return definitions.path(name);
    }

    TypeScript line(String text) {
        out.append(text).append('\n');
        return this;
    }

    /**
     * {@code export interface …} of a schema of objects, {@code export type …} of others.
     *
     * @throws IllegalArgumentException if the name is taken
     */
    TypeScript declare(String name, JsonNode schema) {
        take(name);
        out.append(declaration(name, schema));
        return this;
    }

    /**
     * Keeps a name for something that is written line by line.
     *
     * @throws IllegalArgumentException if the name is taken
     */
    void take(String name) {
        if (!declared.add(name)) {
            throw taken(name);
        }
    }

    private static IllegalArgumentException taken(String name) {
        return new IllegalArgumentException(
                name + ": two types (expected: classes of different names)");
    }

    /**
     * Declares all that is referred to and not declared yet, by name.
     *
     * @throws IllegalArgumentException if one of the names is taken
     */
    TypeScript declareNeeded() {
        Set<String> own = new HashSet<>(declared);
        Map<String, String> texts = new TreeMap<>();
        for (Set<String> open = open(); !open.isEmpty(); open = open()) {
            for (String name : open) {
                declared.add(name);
                texts.put(name, declaration(name, definition(name)));
            }
        }
        own.retainAll(needed);
        if (!own.isEmpty()) {
            throw taken(new TreeSet<>(own).first());
        }
        texts.values().forEach(text -> out.append('\n').append(text));
        return this;
    }

    private Set<String> open() {
        Set<String> open = new HashSet<>(needed);
        open.removeAll(declared);
        return open;
    }

    private String declaration(String name, JsonNode schema) {
        String type = "export type " + name + " =";
        if (hasMembers(schema)) {
            return "export interface " + name + " " + members(schema, "") + "\n";
        }
        return sized(type, parts(schema, ""), ";", "") + "\n";
    }

    private static boolean hasMembers(JsonNode schema) {
        return !schema.path("properties").isEmpty();
    }

    private static boolean isEmptyObject(JsonNode schema) {
        return schema.path("properties").isObject() && !hasMembers(schema);
    }

    /** A schema of objects as a block of members. */
    String members(JsonNode schema, String indent) {
        Set<String> required = new HashSet<>();
        schema.path("required").forEach(each -> required.add(each.asString()));
        String inner = indent + "  ";
        var block = new StringBuilder("{\n");
        schema.path("properties")
                .properties()
                .forEach(member -> {
                    boolean isRequired = required.contains(member.getKey());
                    List<String> parts = new ArrayList<>(parts(member.getValue(), inner));
                    if (!isRequired && !parts.contains("unknown")) {
                        parts.add("undefined");
                    }
                    String name =
                            inner + "readonly " + key(member.getKey()) + (isRequired ? ":" : "?:");
                    block.append(sized(name, parts, ";", inner)).append('\n');
                });
        return block.append(indent).append('}').toString();
    }

    static String key(String name) {
        return NAME.matcher(name).matches() ? name : quoted(name);
    }

    static String quoted(String text) {
        return StringNode.valueOf(text).toString();
    }

    /** On one line, or where that is too long, a line for each part. */
    private static String sized(String before, List<String> parts, String after, String indent) {
        String line = before + " " + String.join(" | ", parts) + after;
        boolean fits = line.lines().allMatch(each -> each.length() <= WIDTH);
        if (fits || parts.size() == 1) {
            return line;
        }
        String each = "\n" + indent + "  | ";
        return before + each + String.join(each, parts) + after;
    }

    String type(JsonNode schema, String indent) {
        return String.join(" | ", parts(schema, indent));
    }

    /** What it is one of. */
    private List<String> parts(JsonNode schema, String indent) {
        if (schema.has("$ref")) {
            return List.of(reference(schema.path("$ref").asString()));
        }
        if (schema.has("const")) {
            return List.of(schema.path("const").toString());
        }
        List<String> parts = new ArrayList<>();
        schema.path("enum").forEach(value -> parts.add(value.toString()));
        for (JsonNode each : schema.path("anyOf")) {
            parts.addAll(parts(each, indent));
        }
        for (JsonNode each : schema.path("oneOf")) {
            parts.addAll(parts(each, indent));
        }
        if (!parts.isEmpty()) {
            return parts.stream().distinct().toList();
        }
        return List.of(plain(schema, indent));
    }

    private String plain(JsonNode schema, String indent) {
        boolean isEmptyEnum = schema.has("enum");
        return switch (isEmptyEnum ? "never" : schema.path("type").asString("")) {
            case "null" -> "null";
            case "boolean" -> "boolean";
            case "string" -> "string";
            case "integer", "number" -> "number";
            case "array" -> list(schema.path("items"), indent);
            case "object" -> object(schema, indent);
            case "never" -> "never";
            default -> "unknown";
        };
    }

    private String list(JsonNode items, String indent) {
        String element = type(items, indent);
        boolean isSimple = NAME.matcher(element).matches() || element.startsWith("{");
        return "readonly " + (isSimple ? element : "(" + element + ")") + "[]";
    }

    private String object(JsonNode schema, String indent) {
        if (hasMembers(schema)) {
            return members(schema, indent);
        }
        if (isEmptyObject(schema)) {
            return "Record<never, never>";
        }
        String value = type(schema.path("additionalProperties"), indent);
        JsonNode names = schema.path("propertyNames");
        return names.isMissingNode()
                ? "Readonly<Record<string, " + value + ">>"
                : "Readonly<Partial<Record<" + type(names, indent) + ", " + value + ">>>";
    }

    private String reference(String to) {
        String name = to.substring(DEFINITIONS.length());
        String instead = inlined.apply(name);
        if (!instead.isEmpty()) {
            return instead;
        }
        needed.add(name);
        return name;
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
