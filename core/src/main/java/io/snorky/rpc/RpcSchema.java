package io.snorky.rpc;

import io.snorky.Client;
import io.snorky.ConfigurationException;
import io.snorky.schema.Form;
import io.snorky.schema.Schemas;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;

/**
 * JSON Schemas of what the commands of services take and return. For a class {@code Calculator}
 * there are, under these titles, with the commands sorted by name:
 *
 * <ul>
 *   <li>{@code CalculatorCommandSum} for each command with parameters: the object of them;
 *   <li>{@code CalculatorCommandsKeys}: one of the names;
 *   <li>{@code CalculatorCommandsParams}: an object with each name, whose value is the schema of
 *       the parameters, or that of null if there are none;
 *   <li>{@code CalculatorCommandsResults}: likewise, what they return.
 * </ul>
 *
 * <p>Threads: any.
 */
public final class RpcSchema {

    private RpcSchema() {}

    /**
     * Adds the schemas of one class, which need not be made for that.
     *
     * @throws ConfigurationException if two schemas have one name, or two commands
     */
    public static void addTo(Schemas schemas, Class<? extends RpcService> service) {
        List<String> problems = new ArrayList<>();
        Map<String, Method> commands = CommandMethods.of(service, problems);
        if (!problems.isEmpty()) {
            throw new ConfigurationException(service.getName(), problems);
        }
        String prefix = service.getSimpleName() + "Command";
        Map<String, ObjectNode> params = new TreeMap<>();
        ObjectNode results = object();
        ObjectNode members = results.putObject("properties");
        ArrayNode required = results.putArray("required");
        commands.forEach((name, method) -> {
            params.put(name, params(schemas, method));
            members.set(name, result(schemas, method));
            required.add(name);
        });
        schemas.addCalls(prefix, params);
        schemas.add(prefix + "sResults", results, Form.OUTPUT);
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode().put("type", "object");
    }

    private static ObjectNode params(Schemas schemas, Method method) {
        ObjectNode schema = object();
        ObjectNode members = schema.putObject("properties");
        ArrayNode required = schema.putArray("required");
        for (Parameter parameter : method.getParameters()) {
            if (parameter.getType() == Client.class) {
                continue;
            }
            Param given = parameter.getAnnotation(Param.class);
            String name = given == null ? parameter.getName() : given.value();
            ObjectNode member =
                    schemas.describe(parameter, parameter.getAnnotatedType(), Form.INPUT);
            fallback(parameter).ifPresent(value -> member.set("default", value));
            members.set(name, member);
            if (!mayBeMissing(parameter)) {
                required.add(name);
            }
        }
        return schema;
    }

    private static Optional<JsonNode> fallback(Parameter parameter) {
        Default mark = parameter.getAnnotation(Default.class);
        try {
            return mark == null
                    ? Optional.empty()
                    : Optional.of(JsonMapper.shared().readTree(mark.value()));
        } catch (JacksonException e) {
            return Optional.empty(); // which is told when the service is made
        }
    }

    private static boolean mayBeMissing(Parameter parameter) {
        List<Annotation> annotations = new ArrayList<>(List.of(parameter.getAnnotations()));
        annotations.addAll(List.of(parameter.getAnnotatedType().getAnnotations()));
        return annotations.stream()
                .map(each -> each.annotationType().getSimpleName())
                .anyMatch(name -> name.equals("Nullable") || name.equals("Default"));
    }

    private static ObjectNode result(Schemas schemas, Method method) {
        Class<?> raw = method.getReturnType();
        AnnotatedType type = method.getAnnotatedReturnType();
        if (CompletionStage.class.isAssignableFrom(raw)) {
            return type instanceof AnnotatedParameterizedType stage
                    ? later(schemas, stage.getAnnotatedActualTypeArguments()[0])
                    : JsonNodeFactory.instance.objectNode();
        }
        if (raw == void.class) {
            return nothing();
        }
        return raw == Turn.class
                ? JsonNodeFactory.instance.objectNode()
                : schemas.describe(method, type, Form.OUTPUT);
    }

    private static ObjectNode later(Schemas schemas, AnnotatedType type) {
        return type.getType() == Void.class ? nothing() : schemas.describe(type, type, Form.OUTPUT);
    }

    private static ObjectNode nothing() {
        return JsonNodeFactory.instance.objectNode().put("type", "null");
    }
}
