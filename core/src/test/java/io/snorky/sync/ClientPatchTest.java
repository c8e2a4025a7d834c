package io.snorky.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.snorky.json.JsonDocument;

import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Section numbers are those of the protocol's page on synced objects. */
class ClientPatchTest {

    private static final Snapshot STATE =
            Snapshot.of(
                    List.of("title", "notes", "map"),
                    new Object[] {"My notes", List.of("a", "b"), Map.of("x", List.of(1))});

    private static JsonNode json(String text) {
        return Json.MAPPER.readTree(text.replace('\'', '"'));
    }

    private static Map<String, JsonNode> changes(String patch) throws PatchRefusedException {
        return ClientPatch.read(json(patch), new PatchLimits(3, 40, 5, 10)).changes(STATE).values();
    }

    private static void refused(String patch, String code, String... words) {
        var refusal = catchThrowableOfType(PatchRefusedException.class, () -> changes(patch));
        assertThat(refusal).as(patch).isNotNull();
        assertThat(refusal.code()).isEqualTo(code);
        assertThat(refusal.getMessage()).contains(words).contains("expected: ");
        assertThat(STATE.toJson())
                .isEqualTo(json("{'title':'My notes','notes':['a','b'],'map':{'x':[1]}}"));
    }

    @Test
    void what_changes_is_told() throws PatchRefusedException {
        assertThat(
                        changes(
                                "[{'op':'replace','path':'/title','value':'Mine'},"
                                        + "{'op':'add','path':'/notes/-','value':'c'},"
                                        + "{'op':'replace','path':'/map/x/0','value':1.0}]"))
                .isEqualTo(Map.of("title", json("'Mine'"), "notes", json("['a','b','c']")));
    }

    @Test
    void a_later_failure_leaves_nothing_changed_16_2() {
        refused(
                "[{'op':'replace','path':'/title','value':'x'},"
                        + "{'op':'remove','path':'/notes/2'}]",
                "unknown-path",
                "operation 1, remove \"/notes/2\"",
                "below 2");
        refused(
                "[{'op':'replace','path':'/title','value':'x'},"
                        + "{'op':'test','path':'/title','value':'My notes'}]",
                "patch-failed",
                "operation 1, test \"/title\"");
    }

    @Test
    void unknown_attributes_are_refused_16_3() {
        refused(
                "[{'op':'add','path':'/bogus','value':1}]",
                "unknown-path",
                "\"bogus\"",
                "[map, notes, title]");
        refused("[{'op':'copy','from':'/title','path':'/bogus'}]", "unknown-path", "bogus");
        refused("[{'op':'replace','path':'/bogus','value':1}]", "unknown-path", "bogus");
        refused("[{'op':'add','path':'/bogus/x','value':1}]", "unknown-path", "bogus");
        refused("[{'op':'replace','path':'','value':{'bogus':1}}]", "unknown-path", "bogus");
    }

    @Test
    void every_attribute_that_comes_out_different_is_told_16_19() throws PatchRefusedException {
        assertThat(changes("[{'op':'copy','from':'/notes/0','path':'/title'}]"))
                .isEqualTo(Map.of("title", json("'a'")));
        assertThat(changes("[{'op':'move','from':'/notes/0','path':'/map/y'}]"))
                .isEqualTo(Map.of("notes", json("['b']"), "map", json("{'x':[1],'y':'a'}")));
        assertThat(
                        changes(
                                "[{'op':'replace','path':'',"
                                        + "'value':{'title':'t','notes':['a','b'],'map':{}}}]"))
                .isEqualTo(Map.of("title", json("'t'"), "map", json("{}")));
    }

    @Test
    void an_attribute_cannot_go_16_19() {
        refused("[{'op':'remove','path':'/title'}]", "patch-failed", "\"title\" is gone");
        refused("[{'op':'move','from':'/title','path':'/map/t'}]", "patch-failed", "title");
        refused("[{'op':'replace','path':'','value':{'title':'t'}}]", "patch-failed", "gone");
        refused("[{'op':'remove','path':''}]", "patch-failed", "whole state");
        refused("[{'op':'add','path':'','value':[]}]", "patch-failed", "no object");
    }

    @Test
    void an_attribute_that_comes_back_is_no_change() throws PatchRefusedException {
        assertThat(
                        changes(
                                "[{'op':'remove','path':'/title'},"
                                        + "{'op':'add','path':'/title','value':'My notes'}]"))
                .isEmpty();
    }

    @Test
    void a_container_does_not_move_into_itself() {
        refused("[{'op':'move','from':'/map','path':'/map/x'}]", "patch-failed", "itself");
    }

    @Test
    void what_is_no_operation_is_refused() {
        refused("{}", "malformed", "list");
        refused("[1]", "malformed", "operation 0", "1");
        refused("[{'op':'add','path':'/title'}]", "malformed", "without value");
        refused("[{'op':'put','path':'/title'}]", "malformed", "op \"put\"");
        refused("[{'path':'/title'}]", "malformed", "op missing");
        refused("[{'op':'remove'}]", "malformed", "path missing");
        refused("[{'op':'copy','path':'/title'}]", "malformed", "from missing");
        refused("[{'op':'remove','path':'title'}]", "malformed", "\"title\"", "\"/\"");
        refused("[{'op':'remove','path':'/a~2'}]", "malformed", "~0");
    }

    @Test
    void paths_that_lead_nowhere_are_refused() {
        refused("[{'op':'remove','path':'/notes/-'}]", "unknown-path", "index \"-\"");
        refused("[{'op':'remove','path':'/notes/01'}]", "unknown-path", "index \"01\"");
        refused("[{'op':'remove','path':'/notes/9999999999'}]", "unknown-path", "index");
        refused("[{'op':'add','path':'/title/x','value':1}]", "unknown-path", "neither");
        refused("[{'op':'remove','path':'/map/y'}]", "unknown-path", "member \"y\"");
    }

    @Test
    void limits_are_kept() {
        String remove = "{'op':'remove','path':'/notes/0'}";
        refused("[" + (remove + ",").repeat(3) + remove + "]", "too-large", "4", "at most 3");
        refused(
                "[{'op':'remove','path':'/" + "x".repeat(40) + "'}]",
                "too-large",
                "41",
                "at most 40");
        refused("[{'op':'add','path':'/map/y','value':[[[[1]]]]}]", "too-large", "at most 5");
        String copy = "{'op':'copy','from':'/map','path':'/map/y'}";
        refused("[" + copy + "," + copy + "," + copy + "]", "too-large", "at most 10");
    }

    @Test
    void a_copy_does_not_change_with_what_it_was_copied_from() throws PatchRefusedException {
        assertThat(
                        changes(
                                "[{'op':'add','path':'/map/x/-','value':2},"
                                        + "{'op':'copy','from':'/map/x','path':'/map/y'},"
                                        + "{'op':'add','path':'/map/x/-','value':3}]"))
                .isEqualTo(Map.of("map", json("{'x':[1,2,3],'y':[1,2]}")));
    }

    @Test
    void numbers_stay_exact() throws PatchRefusedException {
        String number = "123456789012345678901234567890.123456789";
        var document = new JsonDocument();
        byte[] text =
                ("[{\"op\":\"replace\",\"path\":\"/title\",\"value\":" + number + "}]")
                        .getBytes(StandardCharsets.UTF_8);
        document.read(text, 0, text.length, 10);
        JsonNode patch = document.tree(JsonDocument.ROOT);

        assertThat(
                        ClientPatch.read(patch, PatchLimits.DEFAULT)
                                .changes(STATE)
                                .values()
                                .get("title"))
                .hasToString(number);
    }
}
