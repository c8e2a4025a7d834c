package io.snorky.server.cli;

import io.snorky.ConfigurationException;

import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * One section of a configuration file. What is asked of it and is not there has a default; what is
 * wrong is noted, so that all of it can be told at once; what nobody asked for is wrong, too.
 *
 * <p>Threads: one at a time.
 */
final class Settings {

    private final String place;
    private final Map<?, ?> values;
    private final Source source;
    private final Set<String> asked = new HashSet<>();
    private final List<Settings> sections = new ArrayList<>();

    /** What all sections of a file share. */
    private record Source(String name, Variables variables, List<String> problems) {}

    private Settings(String place, Map<?, ?> values, Source source) {
        this.place = place;
        this.values = values;
        this.source = source;
    }

    /**
     * Reads a file's text.
     *
     * @param name of the file, to be told what is wrong in; other files are named relative to it
     * @throws ConfigurationException if it is not YAML, or not a mapping
     */
    static Settings parse(String name, String yaml, Map<String, String> environment) {
        Object loaded;
        try {
            loaded = new Load(LoadSettings.builder().setLabel(name).build()).loadFromString(yaml);
        } catch (YamlEngineException e) {
            throw new ConfigurationException(name, List.of("not YAML: " + e.getMessage()));
        }
        if (loaded instanceof Map<?, ?> values) {
            var source = new Source(name, new Variables(environment), new ArrayList<>());
            return new Settings("", values, source);
        }
        throw new ConfigurationException(
                name, List.of(name + ": no mapping (expected: name: value)"));
    }

    /** A section, which is empty if it is not there. */
    Settings section(String name) {
        return optionalSection(name).orElseGet(() -> below(name, Map.of()));
    }

    Optional<Settings> optionalSection(String name) {
        Object value = take(name);
        if (value instanceof Map<?, ?> section) {
            return Optional.of(below(name, section));
        }
        if (value != null) {
            problem(name, value, "a mapping");
        }
        return Optional.empty();
    }

    /** The same; a text in its place is its setting of that name, and all of it. */
    Optional<Settings> optionalSection(String name, String only) {
        Object value = take(name);
        if (value instanceof String text) {
            return Optional.of(below(name, Map.of(only, text)));
        }
        if (value == null || value instanceof Map) {
            return optionalSection(name);
        }
        problem(name, value, "a " + only + " or a mapping");
        return Optional.empty();
    }

    List<Settings> sections(String name) {
        List<Settings> list = new ArrayList<>();
        int index = 0;
        for (Object element : list(name)) {
            String number = name + "[" + index++ + "]";
            if (element instanceof Map<?, ?> section) {
                list.add(below(number, section));
            } else {
                problem(number, element, "a mapping");
            }
        }
        return list;
    }

    private Settings below(String name, Map<?, ?> section) {
        var settings = new Settings(place + name + ".", section, source);
        sections.add(settings);
        return settings;
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

    /** A text that may be left out. */
    Optional<String> optionalText(String name) {
        return values.containsKey(name) ? Optional.of(text(name, "")) : without(name);
    }

    /** A file that may be left out, seen from the folder of this one. */
    Optional<Path> optionalFile(String name) {
        return values.containsKey(name) ? Optional.of(file(name)) : without(name);
    }

    private <T> Optional<T> without(String name) {
        asked.add(name);
        return Optional.empty();
    }

    /** A text that may be left out: then it is empty. Never shown. */
    String secret(String name) {
        Object value = take(name);
        if (value == null) {
            return "";
        }
        if (value instanceof String text) {
            return resolved(name, text);
        }
        problem(name, what(value), "a text");
        return "";
    }

    String path(String name, String fallback) {
        String path = text(name, fallback);
        if (!path.startsWith("/")) {
            problem(name, path, "starting with /");
        }
        return path;
    }

    /** A file that has to be named, seen from the folder of this one. */
    Path file(String name) {
        return Path.of(source.name()).toAbsolutePath().resolveSibling(text(name, ""));
    }

    /** A value that is neither list nor mapping. */
    <T> T get(String name, Kind<T> kind, T fallback) {
        Object value = take(name);
        if (value == null) {
            return fallback;
        }
        boolean isScalar = !(value instanceof Map || value instanceof List);
        String text = isScalar ? resolved(name, value.toString()) : what(value);
        Optional<T> read = kind.reader().apply(text);
        if (read.isEmpty()) {
            problem(name, text, kind.expected());
        }
        return read.orElse(fallback);
    }

    /**
     * Texts; none if it is not there. Those that are none are not shown, for they may be secret.
     */
    List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        for (Object element : list(name)) {
            if (element instanceof String text) {
                texts.add(resolved(name, text));
            } else {
                problem(name, what(element), "a list of texts");
            }
        }
        return texts;
    }

    /** Values of one kind; none if it is not there. */
    <T> List<T> all(String name, Kind<T> kind) {
        List<T> all = new ArrayList<>();
        for (String text : texts(name)) {
            kind.reader()
                    .apply(text)
                    .ifPresentOrElse(all::add, () -> problem(name, text, kind.expected()));
        }
        return all;
    }

    /** Texts, where not being there means this. */
    List<String> texts(String name, List<String> fallback) {
        List<String> texts = texts(name);
        return values.containsKey(name) ? texts : fallback;
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
        return source.variables()
                .in(text, missing -> problem(name, missing, "a variable that is set"));
    }

    private @Nullable Object take(String name) {
        asked.add(name);
        return values.get(name);
    }

    /** Makes something that says itself, by the names it has in Java, what is wrong with it. */
    <T> T checked(Supplier<T> made, T fallback) {
        try {
            return made.get();
        } catch (ConfigurationException e) {
            e.problems().forEach(problem -> note(Names.inFile(problem)));
            return fallback;
        }
    }

    /** Notes that something is wrong. */
    void problem(String name, Object value, String expected) {
        boolean isLong = value instanceof Map || value instanceof List;
        String shown = isLong ? what(value) : value.toString();
        String cut = shown.length() > 80 ? shown.substring(0, 80) + "…" : shown;
        note(name + ": " + cut + " (expected: " + expected + ")");
    }

    private void note(String problem) {
        source.problems().add(source.name() + ": " + place + problem);
    }

    private static String what(@Nullable Object value) {
        return switch (value) {
            case null -> "nothing";
            case Map<?, ?> mapping -> "a mapping";
            case List<?> list -> "a list";
            case String text -> "a text";
            default -> "a " + value.getClass().getSimpleName();
        };
    }

    private Stream<Settings> withThoseBelow() {
        return Stream.concat(Stream.of(this), sections.stream().flatMap(Settings::withThoseBelow));
    }

    private void noteWhatNobodyAskedFor() {
        values.keySet().stream()
                .map(String::valueOf)
                .filter(name -> !asked.contains(name))
                .forEach(name ->
                        problem(name, "unknown", "one of " + asked.stream().sorted().toList()));
    }

    /**
     * Ends the reading of a file: of this section and those below.
     *
     * @throws ConfigurationException with all that was noted
     */
    void requireNoProblems() {
        withThoseBelow().forEach(Settings::noteWhatNobodyAskedFor);
        if (!source.problems().isEmpty()) {
            throw new ConfigurationException(source.name(), source.problems());
        }
    }
}
