package io.snorky.examples.notes;

import static org.assertj.core.api.Assertions.assertThat;

import io.snorky.server.SnorkyServer;
import io.snorky.sync.SyncSessions;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;

class NotesTest {

    private final SyncSessions sessions = NotesExample.sessions(Duration.ofMillis(1));
    private final SnorkyServer server = serve(sessions);
    private final Tab tab = open(server, "1");

    private static SnorkyServer serve(SyncSessions sessions) {
        return SnorkyServer.builder().listen(0, at -> at.sync("/sync", sessions)).start();
    }

    private static Tab open(SnorkyServer server, String session) {
        int port = server.addresses().getFirst().getPort();
        return new Tab(URI.create("ws://127.0.0.1:" + port + "/sync"), session);
    }

    @AfterEach
    void stop() {
        tab.close();
        server.close();
        sessions.close();
    }

    @Test
    void a_page_gets_the_notes_and_how_many_pages_there_are() {
        JsonNode notes = tab.first();
        assertThat(notes.path("notes").findValuesAsString("done"))
                .containsExactly("false", "false", "true");
        assertThat(notes.path("limit").asInt()).isEqualTo(500);
        assertThat(notes.path("progress").isNull()).isTrue();
        assertThat(tab.hears("_SET:VISITORS").path("pages").asInt()).isZero();
        assertThat(tab.hears("_SET:VISITORS").path("pages").asInt()).isEqualTo(1);
    }

    @Test
    void what_a_page_writes_is_kept_if_it_is_a_list_of_notes() {
        tab.says("_PATCH:NOTES", "[{'op':'replace','path':'/notes/0/text','value':'Mine'}]")
                .says("_PATCH:NOTES", "[{'op':'remove','path':'/notes/1'}]");
        assertThat(tab.notes()).isEqualTo("[Mine, Build Snorky]");

        String long501 = "x".repeat(501);
        tab.says(
                "_PATCH:NOTES",
                "[{'op':'replace','path':'/notes/0/text','value':'" + long501 + "'}]");
        assertThat(tab.hears("_ERROR").path("code").asString()).isEqualTo("invalid");
        tab.says("_PATCH:NOTES", "[{'op':'replace','path':'/limit','value':1000}]");
        assertThat(tab.hears("_PATCH:NOTES").toString()).contains("500");
        assertThat(tab.notes()).isEqualTo("[Mine, Build Snorky]");
    }

    @Test
    void what_one_page_does_the_others_see_but_its_messages_are_its_own() {
        try (var other = open(server, "2")) {
            tab.says("_PATCH:NOTES", "[{'op':'replace','path':'/notes/0/text','value':'Mine'}]");
            assertThat(other.hears("_PATCH:NOTES").toString()).contains("Mine");

            tab.uploads("tea.txt", "Tea".getBytes(StandardCharsets.UTF_8));
            assertThat(tab.hears("_TOAST").path("message").asString()).isEqualTo("1 from tea.txt");
            assertThat(other.hears("_PATCH:NOTES").toString()).contains("Tea");

            other.uploads("bread.txt", "Bread".getBytes(StandardCharsets.UTF_8));
            assertThat(other.hears("_TOAST").path("message").asString())
                    .isEqualTo("1 from bread.txt");
        }
    }

    @Test
    void there_is_a_limit_to_the_list() {
        tab.uploads("many.txt", "one\n".repeat(497).getBytes(StandardCharsets.UTF_8));
        assertThat(tab.hears("_TOAST").path("message").asString()).isEqualTo("497 from many.txt");

        tab.uploads("one.txt", "one too many".getBytes(StandardCharsets.UTF_8));

        assertThat(tab.hears("_ERROR").path("message").asString())
                .isEqualTo("notes: 501 (expected: up to 500)");
        tab.says("_TASK_START:NOTES", "{'type':'importBooks'}");
        assertThat(tab.hears("_TOAST").path("message").asString())
                .isEqualTo("0 books imported: the list is full");
    }

    @Test
    void lines_of_a_file_become_notes_and_all_notes_a_file() {
        tab.says("_PATCH:NOTES", "[{'op':'replace','path':'/notes','value':[]}]");
        tab.uploads(
                "a.md",
                "- [x] Call Ada\n\n* Milk\r\n - [ ] Tea [green] \nBread"
                        .getBytes(StandardCharsets.UTF_8));
        assertThat(tab.notes()).isEqualTo("[Call Ada, Milk, Tea [green], Bread]");

        tab.says("_ACTION:NOTES", "{'type':'download'}");

        JsonNode file = tab.hears("_DOWNLOAD");
        assertThat(file.path("filename").asString()).isEqualTo("notes.md");
        assertThat(
                        new String(
                                Base64.getDecoder().decode(file.path("data").asString()),
                                StandardCharsets.UTF_8))
                .isEqualTo("- [x] Call Ada\n- [ ] Milk\n- [ ] Tea [green]\n- [ ] Bread\n");
    }

    @Test
    void a_file_that_is_no_text_is_refused() {
        tab.uploads("a.png", new byte[] {(byte) 0x89, 'P', 'N', 'G'});

        assertThat(tab.hears("_ERROR").path("message").asString())
                .isEqualTo("a.png: no text (expected: text in UTF-8)");
    }

    @Test
    void books_are_imported_and_sorted() {
        tab.says("_TASK_START:NOTES", "{'type':'importBooks'}");
        assertThat(tab.hears("_PATCH:NOTES").toString()).contains("importBooks");
        assertThat(tab.hears("_TOAST").path("message").asString()).isEqualTo("24 books imported");

        tab.says("_TASK_START:NOTES", "{'type':'sort'}");
        assertThat(tab.hears("_TOAST").path("message").asString()).isEqualTo("Sorted");
        assertThat(tab.notes())
                .startsWith("[Open this page in a second window, Read Anna Karenina, Read Beloved,")
                .endsWith("Read Things Fall Apart, Write here and watch it there, Build Snorky]");
    }

    @Test
    void an_import_that_is_cancelled_keeps_what_it_has() {
        try (var slow = NotesExample.sessions(Duration.ofMinutes(1));
                var other = serve(slow);
                var page = open(other, "1")) {
            page.says("_TASK_START:NOTES", "{'type':'importBooks'}");
            assertThat(page.hears("_PATCH:NOTES").toString()).contains("importBooks");
            assertThat(page.hears("_PATCH:NOTES").toString()).contains("Read Middlemarch");

            page.says("_TASK_CANCEL:NOTES", "{'type':'importBooks'}");

            assertThat(page.hears("_TOAST").path("message").asString())
                    .isEqualTo("Import stopped after 1 of 24");
            assertThat(page.state().path("progress").isNull()).isTrue();
            assertThat(page.notes()).endsWith("Build Snorky, Read Middlemarch]");
        }
    }
}
