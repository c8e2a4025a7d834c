package io.snorky.server.cli;

import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * Finds classes on a class path, by their names or by their packages. None is initialized.
 *
 * <p>Threads: one at a time.
 */
final class ClassSearch implements AutoCloseable {

    private static final String SUFFIX = ".class";

    private final List<Path> places;
    private final URLClassLoader loader;

    /**
     * @param classPath of folders and jars, as {@code java} takes it, also with {@code folder/*};
     *     what runs this is searched, too
     */
    ClassSearch(String classPath) throws IOException {
        List<Path> given = places(classPath);
        places = new ArrayList<>(given);
        places.addAll(places(System.getProperty("java.class.path")));
        loader =
                new URLClassLoader(
                        given.stream().map(ClassSearch::address).toArray(URL[]::new),
                        ClassSearch.class.getClassLoader());
    }

    private static List<Path> places(String classPath) throws IOException {
        List<Path> places = new ArrayList<>();
        for (String each : classPath.split(File.pathSeparator, -1)) {
            if (each.equals("*") || each.endsWith("/*") || each.endsWith(File.separator + "*")) {
                Path folder = Path.of(each.substring(0, each.length() - 1));
                if (Files.isDirectory(folder)) {
                    try (Stream<Path> content = Files.list(folder)) {
                        content.filter(jar -> jar.toString().endsWith(".jar"))
                                .sorted()
                                .forEach(places::add);
                    }
                }
            } else if (!each.isEmpty()) {
                places.add(Path.of(each));
            }
        }
        return places;
    }

    private static URL address(Path place) {
        URI address = place.toUri(); // of a folder it ends with a slash
        try {
            return address.toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(place.toString(), e);
        }
    }

    /**
     * The class of that name, or all of the package of that name and those below it, by name.
     *
     * @return empty if there are none
     */
    List<Class<?>> find(String name) throws IOException {
        List<Class<?>> found = load(name);
        if (!found.isEmpty()) {
            return found;
        }
        String folder = name.replace('.', '/') + "/";
        Set<String> names = new TreeSet<>();
        for (Path place : places) {
            if (Files.isDirectory(place)) {
                inFolder(place, folder, names);
            } else if (Files.isRegularFile(place)) {
                inJar(place, folder, names);
            }
        }
        return names.stream().flatMap(each -> load(each).stream()).toList();
    }

    private static void inFolder(Path root, String folder, Set<String> names) throws IOException {
        Path start = root.resolve(folder);
        if (Files.isDirectory(start)) {
            try (Stream<Path> files = Files.walk(start)) {
                files.map(file -> root.relativize(file).toString().replace(File.separator, "/"))
                        .forEach(file -> add(file, names));
            }
        }
    }

    private static void inJar(Path file, String folder, Set<String> names) throws IOException {
        try (var jar = new JarFile(file.toFile())) {
            jar.stream()
                    .filter(entry -> entry.getName().startsWith(folder))
                    .forEach(entry -> add(entry.getName(), names));
        }
    }

    private static void add(String file, Set<String> names) {
        if (file.endsWith(SUFFIX) && !file.endsWith("-info.class")) {
            names.add(file.substring(0, file.length() - SUFFIX.length()).replace('/', '.'));
        }
    }

    /** One, or none if it is not there or needs something that is not there. */
    private List<Class<?>> load(String name) {
        try {
            return List.of(Class.forName(name, false, loader));
        } catch (ClassNotFoundException | LinkageError e) {
            return List.of();
        }
    }

    @Override
    public void close() throws IOException {
        loader.close();
    }
}
