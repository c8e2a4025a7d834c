package io.snorky.schema;

import io.snorky.ConfigurationException;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedType;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * A set of JSON Schemas (draft 2020-12): some with titles, and the definitions of the records,
 * enums and other types with members that they refer to. A type whose {@link Form#INPUT} differs
 * from its {@link Form#OUTPUT} has two definitions, the former with the prefix {@code Create}.
 *
 * <p>The same classes make the same set, member for member, on every machine.
 *
 * <p>Threads: one at a time.
 */
public final class Schemas {

    private static final String DEFINITIONS = "#/$defs/";
    private static final String COMPONENTS = "#/components/schemas/";

    private record Titled(ObjectNode schema, Form form) {}

    private final Types types = new Types();
    private final Map<String, Titled> titled = new LinkedHashMap<>();

    /** An empty set. */
    public Schemas() {}

    /**
     * The schema of a type at one place in the source.
     *
     * @param declaration whose annotations count: those called {@code Nullable}, and constraints
     * @param type its type, whose annotations count, too
     * @return may be changed, and has its place below one that is {@linkplain #add added}
     */
    public ObjectNode describe(AnnotatedElement declaration, AnnotatedType type, Form form) {
        return types.describe(Declared.of(declaration, type), form);
    }

    /** A reference to the schema with that title. */
    public static ObjectNode reference(String title) {
        return JsonNodeFactory.instance.objectNode().put("$ref", DEFINITIONS + title);
    }

    /**
     * Adds a schema, whose references are to titles and definitions of this set.
     *
     * @throws ConfigurationException if there is one of that name
     */
    public void add(String title, ObjectNode schema, Form form) {
        if (titled.containsKey(title) || types.definitions().containsKey(title)) {
            throw new ConfigurationException(
                    "JSON Schema", List.of("two called " + title + " (expected: names differ)"));
        }
        var whole = JsonNodeFactory.instance.objectNode().put("title", title);
        whole.setAll(schema);
        titled.put(title, new Titled(whole, form));
    }

    /**
     * Adds what can be called by name. With the prefix {@code NotesAction} that is {@code
     * NotesActionSetTitle} for each that has arguments, {@code NotesActionsKeys}, an enumeration of
     * the names, and {@code NotesActionsParams}, an object with all of them, null for those without
     * arguments.
     *
     * @param arguments by name: schemas of objects, those without properties for no arguments
     * @throws ConfigurationException if there is one of that name
     */
    public void addCalls(String prefix, Map<String, ObjectNode> arguments) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        ObjectNode keys = nodes.objectNode().put("type", "string");
        ArrayNode names = keys.putArray("enum");
        ObjectNode params = nodes.objectNode().put("type", "object");
        ObjectNode members = params.putObject("properties");
        ArrayNode required = params.putArray("required");
        arguments.forEach((name, schema) -> {
            names.add(name);
            required.add(name);
            if (schema.path("properties").isEmpty()) {
                members.putObject(name).put("type", "null");
            } else {
                add(prefix + pascal(name), schema, Form.INPUT);
                members.set(name, reference(prefix + pascal(name)));
            }
        });
        add(prefix + "sKeys", keys, Form.INPUT);
        add(prefix + "sParams", params, Form.INPUT);
    }

    /** {@code SET_TITLE} is {@code SetTitle}, {@code slowCount} is {@code Slowcount}. */
    private static String pascal(String name) {
        var pascal = new StringBuilder();
        for (String word : name.split("_", -1)) {
            if (!word.isEmpty()) {
                pascal.append(word.substring(0, 1).toUpperCase(Locale.ROOT));
                pascal.append(word.substring(1).toLowerCase(Locale.ROOT));
            }
        }
        return pascal.toString();
    }

    /** The titles in the order in which they were added. */
    public List<String> titles() {
        return List.copyOf(titled.keySet());
    }

    /**
     * All of it as one document: {@code {"$schema": …, "$defs": {…}}}, first those with titles,
     * then the others by name.
     */
    public ObjectNode toJson() {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        ObjectNode all = document.putObject("$defs");
        all().forEach(all::set);
        return document;
    }

    /**
     * Puts all of it into an OpenAPI document (3.1 or later), below {@code components.schemas}.
     *
     * @throws ConfigurationException if another schema has one of the names; then nothing is put
     */
    public void attachTo(ObjectNode openApi) {
        ObjectNode schemas = openApi.withObject("/components/schemas");
        Map<String, ObjectNode> all = all();
        all.replaceAll((name, schema) ->
                referring(schema, to -> COMPONENTS + to.substring(DEFINITIONS.length())));
        List<String> taken =
                all.entrySet().stream()
                        .filter(each -> schemas.has(each.getKey()))
                        .filter(each -> !schemas.path(each.getKey()).equals(each.getValue()))
                        .map(each -> "components.schemas." + each.getKey() + ": another schema")
                        .toList();
        if (!taken.isEmpty()) {
            throw new ConfigurationException("OpenAPI", taken);
        }
        all.forEach(schemas::set);
    }

    private Map<String, ObjectNode> all() {
        Map<String, Definition> definitions = types.definitions();
        Set<String> twofold = twofold(definitions);
        Map<String, ObjectNode> all = new LinkedHashMap<>();
        titled.forEach((title, each) -> all.put(title, told(each.schema, each.form, twofold)));
        Map<String, ObjectNode> others = new TreeMap<>();
        definitions.forEach((name, each) -> {
            others.put(name, told(each.output(), Form.OUTPUT, twofold));
            if (twofold.contains(name)) {
                others.put(input(name), told(each.input(), Form.INPUT, twofold));
            }
        });
        Set<String> needed = needed(all, others);
        others.forEach((name, schema) -> {
            if (needed.contains(name)) {
                all.putIfAbsent(name, schema);
            }
        });
        return all;
    }

    private static String input(String name) {
        return "Create" + name;
    }

    private static ObjectNode told(ObjectNode schema, Form form, Set<String> twofold) {
        return referring(
                schema,
                to -> {
                    String name = to.substring(DEFINITIONS.length());
                    return form == Form.INPUT && twofold.contains(name)
                            ? DEFINITIONS + input(name)
                            : to;
                });
    }

    /** The definitions that differ in their forms, themselves or in what they refer to. */
    private static Set<String> twofold(Map<String, Definition> definitions) {
        Set<String> twofold = new TreeSet<>();
        definitions.forEach((name, each) -> {
            if (!each.output().equals(each.input())) {
                twofold.add(name);
            }
        });
        int before;
        do {
            before = twofold.size();
            definitions.forEach((name, each) -> {
                if (references(each.input()).stream().anyMatch(twofold::contains)) {
                    twofold.add(name);
                }
            });
        } while (twofold.size() > before);
        return twofold;
    }

    private static Set<String> needed(
            Map<String, ObjectNode> titled, Map<String, ObjectNode> definitions) {
        Set<String> needed = new TreeSet<>();
        Deque<ObjectNode> open = new ArrayDeque<>(titled.values());
        while (!open.isEmpty()) {
            for (String name : references(open.pop())) {
                ObjectNode definition = definitions.get(name);
                if (needed.add(name) && definition != null) {
                    open.push(definition);
                }
            }
        }
        return needed;
    }

    private static Set<String> references(JsonNode schema) {
        Set<String> names = new TreeSet<>();
        for (JsonNode reference : schema.findValues("$ref")) {
            if (reference.isString()) {
                names.add(reference.asString().substring(DEFINITIONS.length()));
            }
        }
        return names;
    }

    /** A copy with other references. */
    private static ObjectNode referring(ObjectNode schema, UnaryOperator<String> to) {
        ObjectNode copy = schema.deepCopy();
        rewrite(copy, to);
        return copy;
    }

    private static void rewrite(JsonNode node, UnaryOperator<String> to) {
        if (node instanceof ObjectNode object && object.path("$ref").isString()) {
            object.put("$ref", to.apply(object.path("$ref").asString()));
        }
        if (node instanceof ObjectNode || node instanceof ArrayNode) {
            node.forEach(each -> rewrite(each, to));
        }
    }
}
