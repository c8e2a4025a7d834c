package io.snorky.rpc;

import static io.snorky.TestClient.error;
import static io.snorky.TestClient.response;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.snorky.Client;
import io.snorky.NonBlocking;
import io.snorky.Reception;
import io.snorky.Registry;
import io.snorky.SingleLane;
import io.snorky.TestClient;
import io.snorky.transport.MessageLimits;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.databind.JsonNode;

import java.util.List;
import java.util.Map;
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

    @Test
    void a_command_gets_its_parameters_by_name_and_its_result_is_the_reply() {
        assertThat(client.asks("calc", "sum", "{'b':12,'a':5}"))
                .isEqualTo(response("calc", "17.0"));
        assertThat(client.asks("calc", "swap", "{'point':{'x':1,'y':2}}"))
                .isEqualTo(response("calc", "{'x':2,'y':1}"));
        assertThat(client.asks("calc", "negate", "{'n':5.0}")).isEqualTo(response("calc", "-5"));
    }

    @Test
    void parameters_of_every_kind_are_converted_and_optional_ones_may_be_left_out() {
        String params =
                "{'number':7,'flag':true,'color':'BLUE','list':[1,2],'points':{'p':{'x':1,'y':2}},'any':null}";

        assertThat(client.asks("calc", "describe", params))
                .isEqualTo(
                        response(
                                "calc",
                                "'false 7 true BLUE [1, 2] {p=Point[x=1, y=2]} null null [1]'"));
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
        client.says(
                "{'service':'calc','message':{'command':'negate','params':{'n':1},'callId':"
                        + callId
                        + "}}");

        assertThat(client.next())
                .isEqualTo(
                        "{'service':'calc','message':{'type':'response'" + echoed + ",'data':-1}}");
    }

    @Test
    void without_a_call_id_a_response_has_none_and_an_error_has_null() {
        client.says("{'service':'calc','message':{'command':'negate','params':{'n':1}}}");
        client.says("{'service':'calc','message':{'command':'negate','params':{}}}");

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
        client.says(
                "{'service':'calc','message':{'command':" + command + ",'params':5,'callId':1}}");

        assertThat(client.next()).isEqualTo(error("calc", "Unknown command"));
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
        assertThat(client.asks("calc", "sum", params)).isEqualTo(error("calc", "Invalid params"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'point':{'x':'1','y':2}}", "{'point':{'x':1,'y':2,'z':3}}", "{'point':[1,2]}",
                "{'point':null}", "{'point':{'x':1.5,'y':2}}", "{'point':{'x':null,'y':2}}"
            })
    void records_are_checked_member_by_member(String params) {
        assertThat(client.asks("calc", "swap", params)).isEqualTo(error("calc", "Invalid params"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"5.5", "2147483648", "'5'", "true", "1e999999", "1e99999999999"})
    void a_number_becomes_an_integer_only_if_it_is_one_and_fits(String n) {
        assertThat(client.asks("calc", "negate", "{'n':" + n + "}"))
                .isEqualTo(error("calc", "Invalid params"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"5", "'text'", "[]", "{}", "{'command':'sum'}", "{'params':{}}", "null"})
    void a_message_that_is_no_call_is_dropped(String message) {
        Reception reception = client.says("{'service':'calc','message':" + message + "}");

        assertThat(reception).isInstanceOf(Reception.Malformed.class);
        assertThat(client.asks("calc", "negate", "{'n':1}")).isEqualTo(response("calc", "-1"));
    }

    @Test
    void errors_reach_the_caller_as_text_and_bugs_without_detail() {
        assertThat(client.asks("calc", "refuse", "{'why':'Not today'}"))
                .isEqualTo(error("calc", "Not today"));
        assertThat(client.asks("calc", "refuse", "{'why':''}"))
                .isEqualTo(error("calc", "Exception"));
        assertThat(client.asks("calc", "fail", "{}")).isEqualTo(error("calc", "Internal error"));
        assertThat(client.asks("calc", "nan", "{}")).isEqualTo(error("calc", "Internal error"));
    }

    @Test
    void a_late_reply_is_overtaken_by_later_calls() {
        client.calls("calc", "quote", "{}");
        String second = client.asks("calc", "negate", "{'n':1}");
        calculator.quote.complete("late");

        assertThat(second).isEqualTo(response("calc", "-1"));
        assertThat(client.next()).isEqualTo(response("calc", "'late'"));
    }

    @Test
    void a_late_failure_is_an_error_like_any_other() {
        client.calls("calc", "quote", "{}");
        calculator.quote.completeExceptionally(new RpcError("symbol", "XYZ", "one that is listed"));

        assertThat(client.next())
                .isEqualTo(error("calc", "symbol: XYZ (expected: one that is listed)"));
    }

    @Test
    void a_command_that_blocks_runs_on_a_virtual_thread_and_what_comes_behind_it_waits() {
        client.calls("calc", "waits", "{}");
        client.calls("calc", "negate", "{'n':2}");
        TestClient other = TestClient.connect(new Registry(calculator));
        String others = other.asks("calc", "negate", "{'n':3}");

        assertThat(others).isEqualTo(response("calc", "-3"));
        assertThat(client.heard()).isEmpty();
        calculator.gate.countDown();
        assertThat(client.next()).isEqualTo(response("calc", "true"));
        assertThat(client.next()).isEqualTo(response("calc", "-2"));
    }

    @Test
    void a_client_with_too_many_waiting_commands_is_not_read_from_until_they_are_done() {
        for (int i = 0; i < MessageLimits.DEFAULT.maxPending(); i++) {
            client.calls("calc", "waits", "{}");
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
        List<TestClient> clients =
                List.of(
                        TestClient.connect(registry),
                        TestClient.connect(registry),
                        TestClient.connect(registry));
        int each = 200;
        for (int i = 0; i < each; i++) {
            clients.forEach(one -> one.calls("counter", "next", "{}"));
        }
        for (TestClient one : clients) {
            for (int i = 0; i < each; i++) {
                one.next();
            }
        }

        assertThat(clients.getFirst().asks("counter", "next", "{}"))
                .isEqualTo(response("counter", Integer.toString(3 * each + 1)));
    }
}
