package io.snorky.server.cli;

import io.snorky.ConfigurationException;

import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One section of a configuration file. What is asked of it and is not there has a default; what is
 * wrong is noted, so that all of it can be told at once; what nobody asked for is wrong, too.
 *
 * <p>Threads: one at a time.
 */
final class Settings {

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)}");

    private final String source;
    private final String prefix;
    private final Map<?, ?> values;
    private final Map<String, String> environment;
    private final List<String> problems;
    private final Set<String> asked = new HashSet<>();

    private Settings(
            String source,
            String prefix,
            Map<?, ?> values,
            Map<String, String> environment,
            List<String> problems) {
        this.source = source;
        this.prefix = prefix;
        this.values = values;
        this.environment = environment;
        this.problems = problems;
    }

    /**
     * Reads a file's text.
     *
     * @throws ConfigurationException if it is not YAML, or not a mapping
     */
    static Settings parse(String source, String yaml, Map<String, String> environment) {
        Object loaded;
        try {
            loaded = new Load(LoadSettings.builder().setLabel(source).build()).loadFromString(yaml);
        } catch (YamlEngineException e) {
            throw new ConfigurationException(source, List.of("not YAML: " + e.getMessage()));
        }
        if (loaded instanceof Map<?, ?> values) {
            return new Settings(source, "", values, environment, new ArrayList<>());
        }
        throw new ConfigurationException(source, List.of("no mapping (expected: name: value)"));
    }

    Settings section(String name) {
        Object value = take(name);
        if (value instanceof Map<?, ?> section) {
            return below(prefix + name + ".", section);
        }
        if (value != null) {
            problem(name, value, "a mapping");
        }
        return below(prefix + name + ".", Map.of());
    }

    List<Settings> sections(String name) {
        List<Settings> sections = new ArrayList<>();
        for (Object element : list(name)) {
            String place = name + "[" + sections.size() + "]";
            if (element instanceof Map<?, ?> section) {
                sections.add(below(prefix + place + ".", section));
            } else {
                problem(place, element, "a mapping");
            }
        }
        return sections;
    }

    private Settings below(String place, Map<?, ?> section) {
        return new Settings(source, place, section, environment, problems);
    }

    /** A text; without one, the default, unless that is empty. */
    String text(String name, String fallback) {
        Object value = take(name);
        if (value == null && !fallback.isEmpty()) {
            return fallback;
        }
        if (value instanceof String text && !text.isEmpty()) {
            return resolved(name, text);
        }
        problem(name, value == null ? "missing" : value, "a text");
        return fallback;
    }

    String path(String name, String fallback) {
        String path = text(name, fallback);
        if (!path.startsWith("/")) {
            problem(name, path, "starting with /");
        }
        return path;
    }

    int port(String name, int fallback) {
        Object value = take(name);
        if (value == null) {
            return fallback;
        }
        if (value instanceof Integer port && port >= 0 && port <= 65_535) {
            return port;
        }
        problem(name, value, "a number from 0 to 65535");
        return fallback;
    }

    List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        for (Object element : list(name)) {
            if (element instanceof String text) {
                texts.add(resolved(name, text));
            } else {
                problem(name, "a " + element.getClass().getSimpleName(), "a list of texts");
            }
        }
        return texts;
    }

    private List<?> list(String name) {
        Object value = take(name);
        if (value instanceof List<?> list) {
            return list;
        }
        if (value != null) {
            problem(name, "no list", "a list");
        }
        return List.of();
    }

    private String resolved(String name, String text) {
        Matcher matcher = VARIABLE.matcher(text);
        return matcher.replaceAll(found -> {
            String value = environment.get(found.group(1));
            if (value == null) {
                problem(name, found.group(), "a variable that is set");
                return "";
            }
            return Matcher.quoteReplacement(value);
        });
    }

    private @Nullable Object take(String name) {
        asked.add(name);
        return values.get(name);
    }

    /** Notes that something is wrong. */
    void problem(String name, Object value, String expected) {
        problems.add(
                source + ": " + prefix + name + ": " + value + " (expected: " + expected + ")");
    }

    /** Notes what is there and was not asked for. */
    void requireNothingElse() {
        for (Object name : values.keySet()) {
            if (!asked.contains(String.valueOf(name))) {
                problem(
                        String.valueOf(name),
                        "unknown",
                        "one of " + asked.stream().sorted().toList());
            }
        }
    }

    /**
     * Ends the reading.
     *
     * @throws ConfigurationException with all that was noted
     */
    void requireNoProblems() {
        if (!problems.isEmpty()) {
            throw new ConfigurationException(source, problems);
        }
    }
}
