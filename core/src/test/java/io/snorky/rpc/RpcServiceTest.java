package io.snorky.rpc;

import static io.snorky.testkit.Json.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.snorky.Client;
import io.snorky.NonBlocking;
import io.snorky.Reception;
import io.snorky.Registry;
import io.snorky.SingleLane;
import io.snorky.testkit.Call;
import io.snorky.testkit.Heard;
import io.snorky.testkit.TestClient;
import io.snorky.testkit.TestClients;
import io.snorky.transport.MessageLimits;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;

class RpcServiceTest {

    enum Color {
        RED,
        BLUE
    }

    record Point(int x, int y) {}

    private static class Base extends RpcService {

        Base() {
            super("calc");
        }

        @Command
        @NonBlocking
        int negate(int n) {
            return -n;
        }
    }

    private static final class Calculator extends Base {

        private final CompletableFuture<String> quote = new CompletableFuture<>();
        private final CountDownLatch gate = new CountDownLatch(1);

        @Command
        @NonBlocking
        double sum(double a, double b) {
            return a + b;
        }

        @Command("swap")
        @NonBlocking
        private Point exchanged(Point point) {
            return new Point(point.y(), point.x());
        }

        @Command
        @NonBlocking
        String describe(
                Client caller,
                long number,
                boolean flag,
                Color color,
                List<Integer> list,
                Map<String, Point> points,
                JsonNode any,
                @Nullable String note,
                @Default("[1]") List<Integer> more) {
            return caller.id().isEmpty()
                    + " "
                    + number
                    + " "
                    + flag
                    + " "
                    + color
                    + " "
                    + list
                    + " "
                    + points
                    + " "
                    + any
                    + " "
                    + note
                    + " "
                    + more;
        }

        @Command
        @NonBlocking
        CompletionStage<String> quote() {
            return quote;
        }

        @Command
        @NonBlocking
        void refuse(String why) {
            throw new RpcError(why);
        }

        @Command
        @NonBlocking
        void fail() throws Exception {
            throw new Exception("expected by the test");
        }

        @Command
        @NonBlocking
        double nan() {
            return Double.NaN;
        }

        @Command
        boolean waits() throws InterruptedException {
            gate.await();
            return Thread.currentThread().isVirtual();
        }

        @SuppressWarnings("UnusedMethod")
        void noCommand() {}
    }

    private final Calculator calculator = new Calculator();
    private final TestClient client = TestClient.connect(new Registry(calculator));

    /** JSON is written with single quotes. */
    private static Reception says(TestClient client, String text) {
        return client.says(text.replace('\'', '"'));
    }

    @Test
    void a_command_gets_its_parameters_by_name_and_its_result_is_the_reply() {
        Heard sum = client.call("calc", "sum", json("{'b':12,'a':5}")).answer();
        assertThat(sum.text()).endsWith("\"data\":17.0}}");
        client.call("calc", "swap", json("{'point':{'x':1,'y':2}}")).replies(json("{'x':2,'y':1}"));
        Heard negation = client.call("calc", "negate", json("{'n':5.0}")).answer();
        assertThat(negation.text()).endsWith("\"data\":-5}}");
    }

    @Test
    void parameters_of_every_kind_are_converted_and_optional_ones_may_be_left_out() {
        String params =
                "{'number':7,'flag':true,'color':'BLUE','list':[1,2],'points':{'p':{'x':1,'y':2}},'any':null}";

        client.call("calc", "describe", json(params))
                .replies("false 7 true BLUE [1, 2] {p=Point[x=1, y=2]} null null [1]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "1 | ,'callId':1",
                "'x' | ,'callId':'x'",
                "0 | ,'callId':0",
                "false | ,'callId':false",
                "'' | ,'callId':''",
                "{'a':[1.50]} | ,'callId':{'a':[1.50]}",
                "null | ``"
            })
    void a_call_id_comes_back_as_it_was_sent(String callId, String echoed) {
        says(
                client,
                "{'service':'calc','message':{'command':'negate','params':{'n':1},'callId':"
                        + callId
                        + "}}");

        assertThat(client.next())
                .isEqualTo(
                        "{'service':'calc','message':{'type':'response'" + echoed + ",'data':-1}}");
    }

    @Test
    void without_a_call_id_a_response_has_none_and_an_error_has_null() {
        says(client, "{'service':'calc','message':{'command':'negate','params':{'n':1}}}");
        says(client, "{'service':'calc','message':{'command':'negate','params':{}}}");

        assertThat(client.heard())
                .containsExactly(
                        "{'service':'calc','message':{'type':'response','data':-1}}",
                        "{'service':'calc','message':{'type':'error','callId':null,'message':'Invalid"
                            + " params'}}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"'nothing'", "'noCommand'", "'name'", "5", "null", "['sum']", "'exchanged'"})
    void an_unknown_command_is_refused_whatever_its_params(String command) {
        says(
                client,
                "{'service':'calc','message':{'command':" + command + ",'params':5,'callId':1}}");

        client.hears("calc", json("{'type':'error','callId':1,'message':'Unknown command'}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "5",
                "[]",
                "null",
                "{}",
                "{'a':1}",
                "{'a':1,'b':2,'c':3}",
                "{'a':'1','b':2}",
                "{'a':null,'b':2}",
                "{'a':1,'b':true}",
                "{'a':1,'b':[2]}",
                "{'A':1,'b':2}",
                "{'a':1,'b':1e400}"
            })
    void params_that_do_not_fit_are_refused(String params) {
        client.call("calc", "sum", json(params)).isRefused("Invalid params");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'point':{'x':'1','y':2}}", "{'point':{'x':1,'y':2,'z':3}}", "{'point':[1,2]}",
                "{'point':null}", "{'point':{'x':1.5,'y':2}}", "{'point':{'x':null,'y':2}}"
            })
    void records_are_checked_member_by_member(String params) {
        client.call("calc", "swap", json(params)).isRefused("Invalid params");
    }

    @ParameterizedTest
    @ValueSource(strings = {"5.5", "2147483648", "'5'", "true", "1e999999", "1e99999999999"})
    void a_number_becomes_an_integer_only_if_it_is_one_and_fits(String n) {
        client.call("calc", "negate", json("{'n':" + n + "}")).isRefused("Invalid params");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"5", "'text'", "[]", "{}", "{'command':'sum'}", "{'params':{}}", "null"})
    void a_message_that_is_no_call_is_dropped(String message) {
        Reception reception = says(client, "{'service':'calc','message':" + message + "}");

        assertThat(reception).isInstanceOf(Reception.Malformed.class);
        client.call("calc", "negate", json("{'n':1}")).replies(-1);
    }

    @Test
    void errors_reach_the_caller_as_text_and_bugs_without_detail() {
        client.call("calc", "refuse", json("{'why':'Not today'}")).isRefused("Not today");
        client.call("calc", "refuse", json("{'why':''}")).isRefused("Exception");
        client.call("calc", "fail").isRefused("Internal error");
        client.call("calc", "nan").isRefused("Internal error");
    }

    @Test
    void a_late_reply_is_overtaken_by_later_calls() {
        Call first = client.call("calc", "quote");
        Call second = client.call("calc", "negate", json("{'n':1}"));
        second.replies(-1);
        calculator.quote.complete("late");

        first.replies("late");
        second.answer().before(first);
    }

    @Test
    void a_late_failure_is_an_error_like_any_other() {
        Call call = client.call("calc", "quote");
        calculator.quote.completeExceptionally(new RpcError("symbol", "XYZ", "one that is listed"));

        call.isRefused("symbol: XYZ (expected: one that is listed)");
    }

    @Test
    void a_command_that_blocks_runs_on_a_virtual_thread_and_what_comes_behind_it_waits() {
        Call first = client.call("calc", "waits");
        Call second = client.call("calc", "negate", json("{'n':2}"));
        TestClient other = TestClient.connect(new Registry(calculator));
        other.call("calc", "negate", json("{'n':3}")).replies(-3);

        assertThat(client.heard()).isEmpty();
        calculator.gate.countDown();
        first.replies(true);
        second.replies(-2);
        first.answer().before(second);
    }

    @Test
    void a_client_with_too_many_waiting_commands_is_not_read_from_until_they_are_done() {
        for (int i = 0; i < MessageLimits.DEFAULT.maxPending(); i++) {
            client.call("calc", "waits");
        }

        assertThat(client.isPaused()).isTrue();
        calculator.gate.countDown();
        await().until(() -> !client.isPaused());
    }

    @SingleLane
    private static final class Counter extends RpcService {

        private int count;

        Counter() {
            super("counter");
        }

        @Command
        int next() {
            int now = count;
            Thread.onSpinWait();
            count = now + 1;
            return count;
        }
    }

    @Test
    void a_service_with_a_lane_does_one_thing_at_a_time_whoever_asks() {
        var registry = new Registry(new Counter());
        var clients = TestClients.connect(registry, 3);
        int each = 200;
        List<Call> calls = new ArrayList<>();
        for (int i = 0; i < each; i++) {
            calls.addAll(clients.call("counter", "next", Map.of()));
        }
        Set<Integer> counts = new HashSet<>();
        calls.forEach(call -> counts.add(call.reply().intValue()));

        assertThat(counts).hasSize(3 * each);
        clients.get(0).call("counter", "next").replies(3 * each + 1);
    }
}
