package io.snorky.benchmarks.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What servers run on.
 *
 * @param eventLoops of those whose number can be chosen
 * @param transport of those whose transport can be chosen
 * @param javaOptions for the JVMs
 * @param scripts the folder of the servers that are written in JavaScript; nothing if there is none
 */
record Programs(
        int eventLoops, String transport, List<String> javaOptions, Optional<Path> scripts) {

    Programs {
        javaOptions = List.copyOf(javaOptions);
    }

    List<String> java(String mainClass) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("--enable-native-access=ALL-UNNAMED");
        command.addAll(javaOptions);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass));
        command.addAll(List.of(Integer.toString(eventLoops), transport));
        return command;
    }

    List<String> node(String script) {
        return List.of("node", "--expose-gc", script(script));
    }

    List<String> bun(String script) {
        return List.of(bun().toString(), script(script));
    }

    private String script(String name) {
        return folder().resolve(name).toString();
    }

    private Path folder() {
        return scripts.filter(folder -> Files.isDirectory(folder.resolve("node_modules")))
                .orElseThrow(() -> new LoadException("missing: its npm packages"));
    }

    /** The package for this platform has the program, and is the only one that npm installs. */
    private Path bun() {
        try (var folders = Files.list(folder().resolve("node_modules/@oven"))) {
            return folders.map(folder -> folder.resolve("bin/bun"))
                    .filter(Files::isExecutable)
                    .findFirst()
                    .orElseThrow(() -> new LoadException("missing: no program for this platform"));
        } catch (IOException e) {
            throw new LoadException("missing: no program for this platform", e);
        }
    }
}
