package io.snorky.examples.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Protocol, section 9: one envelope in, one out. */
class BackEndTest {

    @RegisterExtension static final Conformance SERVER = new Conformance();

    private static final String SUM = Json.call("rpc.sum", "{'a':5,'b':12}");

    private BackEnd backEnd;

    @BeforeEach
    void connect() {
        backEnd = SERVER.backEnd();
    }

    private void expect(int status, HttpResponse<String> response) {
        assertThat(response.statusCode()).isEqualTo(status);
        backEnd.replies("rpc.sum", "{'a':5,'b':12}", "17"); // the next request is served
    }

    @Test
    void a_response_is_the_answer() {
        HttpResponse<String> response = backEnd.post(SUM);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type"))
                .hasValue("application/json; charset=utf-8");
        assertThat(response.body())
                .isEqualTo(Json.of("{'service':'rpc','message':{'type':'response','data':17}}"));
    }

    @Test
    void so_is_an_error() {
        HttpResponse<String> response = backEnd.post(Json.call("rpc.reject", "{'reason':'Nö 😀'}"));

        assertThat(response.statusCode()).isEqualTo(200);
        Json.expect(response.body(), Json.error("rpc.reject", "Nö 😀", "null"));
    }

    @Test
    void a_call_id_comes_back_here_too() {
        assertThat(backEnd.post(Json.call("rpc.echo", "{}", "[7]")).body())
                .isEqualTo(Json.of(Json.reply("rpc.echo", "null", "[7]")));
    }

    @Test
    void an_answer_that_comes_later_is_awaited() {
        backEnd.replies("rpc.later", "{'value':[1],'delayMs':300}", "[1]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/xml; charset=utf-16", "?"})
    void the_content_type_of_a_request_does_not_matter(String type) {
        expect(
                200,
                backEnd.send(
                        backEnd.request()
                                .header("Content-Type", type)
                                .POST(BodyPublishers.ofString(Json.of(SUM)))));
    }

    @Test
    void a_body_may_come_in_chunks_and_after_a_question() {
        byte[] body = Json.of(SUM).getBytes(StandardCharsets.UTF_8);

        expect(
                200,
                backEnd.send(
                        backEnd.request()
                                .expectContinue(true)
                                .POST(
                                        BodyPublishers.ofInputStream(
                                                () -> new ByteArrayInputStream(body)))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Swordfish", "swordfish1", "marlin"})
    void without_the_key_it_is_401_whatever_the_body(String key) {
        for (String body : new String[] {SUM, "no JSON", ""}) {
            var request = backEnd.request().setHeader("X-Backend-Key", key);

            expect(401, backEnd.send(request.POST(BodyPublishers.ofString(Json.of(body)))));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS"})
    void any_method_but_POST_is_405(String method) {
        HttpResponse<String> response =
                backEnd.send(backEnd.request().method(method, BodyPublishers.noBody()));

        assertThat(response.headers().firstValue("Allow")).hasValue("POST");
        expect(405, response);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hello",
                "\ufeff{'service':'rpc','message':{'command':'fail','params':{}}}",
                "{'service':'rpc','message':{'command':'echo','params':{'value':NaN}}}",
                "{'service':'rpc','message':{'command':'echo','params':{}}} 1",
                "null",
                "5",
                "[]",
                "'rpc'",
                "{}",
                "{'service':'rpc'}",
                "{'message':{'command':'fail','params':{}}}",
                "{'service':'rpc','message':null}",
                "{'service':'rpc','message':[]}",
                "{'service':'rpc','message':'fail'}",
                "{'service':'rpc','message':{}}",
                "{'service':'rpc','message':{'command':'fail'}}",
                "{'service':'rpc','message':{'params':{}}}",
            })
    void a_body_that_is_no_message_is_400(String body) {
        expect(400, backEnd.post(body));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ff", "22c32822", "7bfffe7d", "22eda08022"})
    void a_body_that_is_not_UTF_8_is_400(String hex) {
        expect(400, backEnd.post(BodyPublishers.ofByteArray(HexFormat.of().parseHex(hex))));
    }

    @ParameterizedTest
    @ValueSource(ints = {10_000, 50_000})
    void nesting_beyond_all_reason_is_400(int levels) {
        String nested = "[".repeat(levels) + "]".repeat(levels);

        expect(400, backEnd.post(Json.call("rpc.echo", "{'value':" + nested + "}")));
    }

    @Test
    void nesting_of_400_levels_passes() {
        String nested = "[".repeat(395) + "]".repeat(395);

        assertThat(backEnd.post(Json.call("rpc.echo", "{'value':" + nested + "}")).body())
                .isEqualTo(Json.of(Json.reply("rpc.echo", nested)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'nobody'",
                "''",
                "'Rpc'",
                "'pubsub'",
                "'datasync'",
                "null",
                "5",
                "true",
                "['rpc']",
                "{}"
            })
    void an_unknown_service_is_404(String service) {
        expect(
                404,
                backEnd.post(
                        "{'service':%s,'message':{'command':'fail','params':{}}}"
                                .formatted(service)));
    }

    @Test
    void another_address_is_404() {
        String other = backEnd.request().build().uri() + "/x";

        expect(
                404,
                backEnd.send(
                        backEnd.request()
                                .uri(URI.create(other))
                                .POST(BodyPublishers.ofString(Json.of(SUM)))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"'nothing'", "null", "5", "['sum']", "{'sum':1}"})
    void an_unknown_command_is_an_error_as_everywhere(String command) {
        HttpResponse<String> response =
                backEnd.post(
                        "{'service':'rpc','message':{'command':%s,'params':5}}".formatted(command));

        Json.expect(response.body(), Json.error("rpc.?", "Unknown command", "null"));
        expect(200, response);
    }

    @Test
    void a_body_of_2_MiB_passes() {
        String text = "'" + "x".repeat(2 << 20) + "'";

        assertThat(backEnd.post(Json.call("rpc.echo", "{'value':" + text + "}")).body())
                .isEqualTo(Json.of(Json.reply("rpc.echo", text)));
    }

    @Test
    void a_body_of_more_than_10_MiB_is_413() {
        String text = "'" + "x".repeat(10 << 20) + "'";

        expect(413, backEnd.post(Json.call("rpc.echo", "{'value':" + text + "}")));
    }
}
