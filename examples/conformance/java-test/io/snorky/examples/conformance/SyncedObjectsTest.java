package io.snorky.examples.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Synced objects as the page of the conformance server has them. */
class SyncedObjectsTest {

    @RegisterExtension static final Conformance SERVER = new Conformance();

    private final String session;
    private final SyncPeer peer;

    SyncedObjectsTest(TestInfo test) {
        session = test.getDisplayName();
        peer = SERVER.connectTo("/sync/ws").is("alice", session);
        peer.hears("_SET:NOTES");
        peer.hears("_SET:lab/STATS");
        peer.hearsUntil("lab/STATS", state -> state.path("connectCount").asInt() == 1);
    }

    @AfterEach
    void close() {
        peer.close();
    }

    private void becomes(String name, Object value) {
        peer.hearsUntil("NOTES", state -> state.path(name).toString().equals(value.toString()));
    }

    @Test
    void the_state_begins_as_it_should() {
        assertThat(peer.state("NOTES").toString().replace('"', '\''))
                .isEqualTo(
                        "{'title':'My Notes','notes':[],'items':[],'count':0,'uploaded':0,"
                                + "'cancelled':0,'size':0,'runningTasks':[]}");
    }

    @Test
    void actions_change_it() {
        peer.acts("{'type':'rename','title':'A'}");
        becomes("title", "\"A\"");
        peer.acts("{'type':'add','note':'two'}");
        peer.acts("{'type':'add','note':'one','at':0}");
        becomes("notes", "[\"one\",\"two\"]");
        assertThat(peer.state("NOTES").path("size").asInt()).isEqualTo(6);
        peer.acts("{'type':'fill','n':3}");
        peer.acts("{'type':'edit','kind':'change'}");
        peer.hearsUntil("NOTES", state -> state.at("/items/1/done").asBoolean());
        peer.acts("{'type':'edit','kind':'insert'}");
        peer.hearsUntil("NOTES", state -> state.at("/items/0/id").asInt() == -1);
        peer.acts("{'type':'edit','kind':'remove'}");
        peer.hearsUntil("NOTES", state -> state.path("items").size() == 3);
        peer.acts("{'type':'reset'}");
        becomes("items", "[]");
    }

    @Test
    void a_burst_ends_with_its_last_value() {
        peer.acts("{'type':'burst','n':20}");
        becomes("count", 20);
    }

    @Test
    void a_client_writes_and_is_put_right() {
        peer.says("_PATCH:NOTES", "[{'op':'replace','path':'/notes','value':['abc']}]");
        becomes("size", 3);
        peer.says("_PATCH:NOTES", "[{'op':'replace','path':'/count','value':'x'}]");
        assertThat(peer.hears("_ERROR").path("code").asString()).isEqualTo("invalid");
        assertThat(peer.hears("_SET:NOTES").path("count").asInt()).isZero();
    }

    @Test
    void the_browser_is_called_and_toasted_and_given_files() {
        peer.acts("{'type':'pingBack'}");
        assertThat(peer.hears("_ACTION:NOTES").path("from").asString()).isEqualTo("server");
        peer.acts("{'type':'notify'}");
        assertThat(peer.hears("_TOAST").toString().replace('"', '\''))
                .isEqualTo("{'type':'success','message':'Saved'}");
        peer.acts("{'type':'export'}");
        assertThat(peer.hears("_DOWNLOAD").path("data").asString()).isEqualTo("TXkgTm90ZXMK");
        peer.acts("{'type':'boom'}");
        assertThat(peer.hears("_ERROR").path("code").asString()).isEqualTo("failed");
    }

    @Test
    void bytes_go_both_ways() {
        peer.says("_BIN_META", "{'type':'_ACTION:NOTES','metadata':{'type':'upload','name':'b'}}");
        peer.saysBytes((byte) 1, (byte) 2);
        becomes("uploaded", 2);
        peer.acts("{'type':'blob','length':1000}");
        assertThat(peer.hears("_BIN_META").at("/metadata/length").asInt()).isEqualTo(1000);
        assertThat(peer.next()).isEqualTo("bytes 1000");
    }

    @Test
    void tasks_count_and_are_cancelled_and_fail() {
        peer.says("_TASK_START:NOTES", "{'type':'slowCount','to':3,'delayMs':1}");
        becomes("count", 3);
        becomes("runningTasks", "[]");
        peer.says("_TASK_START:NOTES", "{'type':'slowCount','to':1000,'delayMs':1000}");
        becomes("runningTasks", "[\"slowCount\"]");
        peer.says("_TASK_CANCEL:NOTES", "{'type':'slowCount'}");
        becomes("cancelled", 1);
        becomes("runningTasks", "[]");
        peer.says("_TASK_START:NOTES", "{'type':'explode'}");
        becomes("runningTasks", "[]");
    }

    @Test
    void who_comes_second_takes_over() {
        try (var second = SERVER.connectTo("/sync/ws").is("alice", session)) {
            second.hearsUntil(
                    "lab/STATS",
                    state ->
                            state.path("connectCount").asInt() == 2
                                    && state.path("disconnectCount").asInt() == 1);
            peer.hears("_DISCONNECT");
        }
    }

    @Test
    void nobody_is_asked_for_the_global_session() {
        try (var global = SERVER.connectTo("/sync/global")) {
            assertThat(global.hears("_SET:NOTES").path("title").asString()).isEqualTo("My Notes");
        }
    }
}
