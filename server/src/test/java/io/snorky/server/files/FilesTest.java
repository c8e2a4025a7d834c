package io.snorky.server.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.snorky.server.StaticFiles;
import io.snorky.server.wire.HttpReply;
import io.snorky.server.wire.RunningServer;
import io.snorky.server.wire.Wire;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

class FilesTest {

    @TempDir static Path root;

    @RegisterExtension
    static final RunningServer SERVER =
            new RunningServer(at ->
                    at.files("/", path -> StaticFiles.inDirectory(folder()).read(path))
                            .files("/classes/", onClassPath("io/snorky"))
                            .files("/jar/", onClassPath("org/junit"))
                            .files("/broken/", FilesTest::fail));

    @AutoClose private Wire wire;

    private static Path folder() {
        return root.resolve("public");
    }

    private static StaticFiles onClassPath(String folder) {
        return StaticFiles.onClassPath(FilesTest.class.getClassLoader(), folder);
    }

    private static Optional<byte[]> fail(String path) throws IOException {
        if (path.equals("disk")) {
            throw new IOException("This disk always fails");
        }
        throw new IllegalStateException("This service always fails");
    }

    @BeforeAll
    static void writeFiles() throws IOException {
        Files.createDirectories(folder().resolve("sub"));
        Files.createDirectories(folder().resolve(".git"));
        write("secret.txt", "secret");
        write("public/index.html", "<p>Hello</p>");
        write("public/sub/index.html", "<p>Below</p>");
        write("public/.env", "secret");
        write("public/.git/config", "secret");
        write("public/a b+ä.txt", "blank");
        for (String ending : new String[] {"css", "js", "json", "svg", "png", "bin", "JS"}) {
            write("public/file." + ending, ending);
        }
        Files.createSymbolicLink(folder().resolve("inside.js"), folder().resolve("file.js"));
        Files.createSymbolicLink(folder().resolve("outside.txt"), root.resolve("secret.txt"));
    }

    private static void write(String file, String content) throws IOException {
        Files.writeString(root.resolve(file), content);
    }

    @BeforeEach
    void connect() {
        wire = SERVER.connect();
    }

    private HttpReply get(String target, String... headers) {
        send("GET", target, headers);
        return wire.reply();
    }

    private void send(String method, String target, String... headers) {
        var request = new StringBuilder(method + " " + target + " HTTP/1.1\r\nHost: localhost\r\n");
        for (String header : headers) {
            request.append(header).append("\r\n");
        }
        wire.write(request.append("\r\n").toString());
    }

    @ParameterizedTest
    @CsvSource({
        "/, <p>Hello</p>",
        "/index.html, <p>Hello</p>",
        "/?a=b, <p>Hello</p>",
        "/sub/, <p>Below</p>",
        "/file.js?v=1, js",
        "/a%20b+%C3%A4.txt, blank",
        "/%66ile.js, js",
        "/inside.js, js",
    })
    void these_addresses_are_files(String target, String content) {
        HttpReply reply = get(target);

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body()).isEqualTo(content);
    }

    @ParameterizedTest
    @CsvSource({
        "/, text/html; charset=utf-8",
        "/file.css, text/css; charset=utf-8",
        "/file.js, text/javascript; charset=utf-8",
        "/file.JS, text/javascript; charset=utf-8",
        "/file.json, application/json",
        "/file.svg, image/svg+xml",
        "/file.png, image/png",
        "/file.bin, application/octet-stream",
    })
    void the_type_follows_from_the_ending_and_is_not_to_be_guessed(String target, String type) {
        HttpReply reply = get(target);

        assertThat(reply.header("content-type")).isEqualTo(type);
        assertThat(reply.header("x-content-type-options")).isEqualTo("nosniff");
    }

    @Test
    void a_browser_asks_whether_a_file_has_changed_and_gets_it_only_then() throws IOException {
        HttpReply first = get("/file.css");
        assertThat(first.header("cache-control")).isEqualTo("no-cache");

        HttpReply second = get("/file.css", "If-None-Match: " + first.header("etag"));
        assertThat(second.status()).isEqualTo(304);
        assertThat(second.body()).isEmpty();

        write("public/file.css", "changed");
        HttpReply third = get("/file.css", "If-None-Match: " + first.header("etag"));
        assertThat(third.status()).isEqualTo(200);
        assertThat(third.body()).isEqualTo("changed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "\"a,b\", %s", "W/%s", "W/\"x\" ,W/%s , \"y\""})
    void it_may_know_several_states_of_a_file(String known) {
        String tag = get("/file.css").header("etag");

        assertThat(get("/file.css", "If-None-Match: " + known.formatted(tag)).status())
                .isEqualTo(304);
    }

    @Test
    void HEAD_is_answered_as_GET_without_the_content() {
        send("HEAD", "/");
        HttpReply head = wire.replyWithoutBody();

        assertThat(head.headers()).isEqualTo(get("/").headers());
        assertThat(head.header("content-length")).isEqualTo("12");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "PATCH", "SPLAT"})
    void other_methods_are_refused_with_those_allowed(String method) {
        send(method, "/");

        HttpReply reply = wire.reply();
        assertThat(reply.status()).isEqualTo(405);
        assertThat(reply.header("allow")).isEqualTo("GET, HEAD");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/nothing.txt",
                "/sub",
                "/sub/nothing/",
                "/../secret.txt",
                "/sub/../index.html",
                "/sub/../../secret.txt",
                "/%2e%2e/secret.txt",
                "/%2E%2E%2Fsecret.txt",
                "/..%2fsecret.txt",
                "/..%5csecret.txt",
                "/..\\secret.txt",
                "/sub/..\\..\\..\\secret.txt",
                "/%252e%252e/secret.txt",
                "/.env",
                "/.git/config",
                "/%2egit/config",
                "/sub/./index.html",
                "/index.html%00.txt",
                "/index.html%0a",
                "/file.js:stream",
                "//index.html",
                "/sub//index.html",
                "/outside.txt",
                "/%zz",
                "/%",
                "/%c3%28",
                "/%ff%fe",
                "/classes/../server/wire/Echo.class",
                "/classes/",
                "/classes/server/nothing.class",
                "/classes/server/wire",
                "/jar/jupiter/api",
                "nothing",
                "*",
            })
    void nothing_else_is_served(String target) {
        assertThat(get(target).status()).isEqualTo(404);
        assertThat(get("/").status()).isEqualTo(200);
    }

    @Test
    void resources_of_the_class_path_are_files_too() {
        assertThat(get("/classes/server/wire/Echo.class").status()).isEqualTo(200);
        assertThat(get("/jar/jupiter/api/Test.class").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/broken/disk", "/broken/service"})
    void what_cannot_be_read_is_answered_with_500(String target) {
        assertThat(get(target).status()).isEqualTo(500);
        assertThat(get("/").status()).isEqualTo(200);
    }
}
