package io.snorky.examples.calculator;

import static org.assertj.core.api.Assertions.assertThat;

import io.snorky.examples.shared.TestPage;
import io.snorky.examples.shared.TestServer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CalculatorServiceTest {

    private final CalculatorService calculator = new CalculatorService();
    private final TestServer server = new TestServer(calculator);
    private final TestPage page = server.page();

    @AfterEach
    void stop() {
        page.close();
        server.close();
        calculator.close();
    }

    @ParameterizedTest
    @CsvSource({"add, 8.0", "subtract, 4.0", "multiply, 12.0", "divide, 3.0"})
    void two_numbers_make_a_third(String command, String result) {
        assertThat(page.asks("calculator." + command, "{'a':6,'b':2}")).isEqualTo(result);
    }

    @ParameterizedTest
    @CsvSource({
        "divide, 1, 0, b: 0.0 (expected: not zero)",
        "multiply, 1e300, 1e300, result: Infinity (expected: at most 1.7976931348623157E308)",
        "add, 'apples', 1, Invalid params",
        "root, 1, 1, Unknown command",
        "sleep, 1, 1, Invalid params"
    })
    void what_does_not_work_is_refused(String command, String a, String b, String error) {
        String json = a.equals("apples") ? "'apples'" : a;

        String answer = page.asks("calculator." + command, "{'a':" + json + ",'b':" + b + "}");

        assertThat(answer).isEqualTo(error);
    }

    @Test
    void a_bug_is_not_told_to_the_caller() {
        assertThat(page.asks("calculator.fail", "{}")).isEqualTo("Internal error");
    }

    @Test
    void what_is_called_after_a_command_that_blocks_waits_for_it() {
        page.calls("calculator.sleep", "{'millis':50}").calls("calculator.add", "{'a':1,'b':2}");

        assertThat(page.hearsAnswerTo()).isEqualTo("calculator.sleep");
        assertThat(page.hearsAnswerTo()).isEqualTo("calculator.add");
    }

    @Test
    void primes_are_counted_and_each_hundredth_of_the_way_is_told() {
        page.calls("calculator.countPrimes", "{'below':1000}");

        for (int percent = 1; percent <= 100; percent++) {
            assertThat(page.hears()).contains("\"progress\"").contains("\"percent\":" + percent);
        }
        assertThat(page.hears()).isEqualTo("168");
    }

    @Test
    void who_is_counting_may_calculate_meanwhile_but_not_count_twice() {
        String all = "{'below':" + CalculatorService.HIGHEST + "}";
        page.calls("calculator.countPrimes", all)
                .calls("calculator.countPrimes", all)
                .calls("calculator.add", "{'a':1,'b':2}");

        assertThat(nextAnswer()).isEqualTo("Still counting");
        assertThat(nextAnswer()).isEqualTo("3.0");
    }

    @Test
    void there_is_a_limit_to_counting() {
        assertThat(page.asks("calculator.countPrimes", "{'below':10000001}"))
                .isEqualTo("below: 10000001 (expected: 0 to 10000000)");
    }

    private String nextAnswer() {
        String heard = page.hears();
        while (heard.contains("progress")) {
            heard = page.hears();
        }
        return heard;
    }
}
