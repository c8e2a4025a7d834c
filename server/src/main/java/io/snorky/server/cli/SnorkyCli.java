package io.snorky.server.cli;

import io.snorky.ConfigurationException;
import io.snorky.server.SnorkyServer;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** The command line of the stand-alone server. */
public final class SnorkyCli {

    private SnorkyCli() {}

    /**
     * Runs a command: {@code serve} until the process is told to end.
     *
     * @param args {@code serve --config FILE}, or {@code types CLASS|PACKAGE...}
     */
    public static void main(String[] args) throws InterruptedException {
        if (args.length > 0 && args[0].equals("types")) {
            List<String> rest = List.of(args).subList(1, args.length);
            System.exit(TypesCommand.run(rest, System.out, System.err));
        }
        if (args.length != 3 || !args[0].equals("serve") || !args[1].equals("--config")) {
            boolean asked = List.of(args).contains("--help");
            (asked ? System.out : System.err).print(usage());
            System.exit(asked ? 0 : 2);
        }
        try (SnorkyServer server = start(Path.of(args[2]))) {
            Runtime.getRuntime().addShutdownHook(new Thread(server::close, "snorky-stop"));
            server.addresses().forEach(address -> System.out.println("listening on " + address));
            server.managementAddress()
                    .ifPresent(address -> System.out.println("health and metrics on " + address));
            System.out.println("ready");
            server.awaitShutdown();
        } catch (ConfigurationException e) {
            e.problems().forEach(System.err::println);
            System.exit(1);
        } catch (IOException e) {
            System.err.println(args[2] + ": cannot be read: " + e.getMessage());
            System.exit(1);
        }
    }

    private static String usage() {
        return """
        usage: snorky serve --config FILE
               snorky types CLASS|PACKAGE... [--classpath CLASSPATH] [--out FILE]

        serve runs a server as FILE says, which is YAML. All of it may be left out but the dealers and
        the keys; these are the values it has then, and what begins with # is not there:

        """
                + example().indent(2)
                + """

                ${NAME} anywhere in a text stands for the environment variable NAME.
                """;
    }

    /** A configuration file with all settings, each as it is if it is left out. */
    static String example() {
        try (InputStream in = SnorkyCli.class.getResourceAsStream("example.yaml")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static SnorkyServer start(Path file) throws IOException {
        return StandaloneServer.start(ServerConfig.read(file, System.getenv()));
    }
}
