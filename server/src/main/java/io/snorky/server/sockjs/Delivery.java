package io.snorky.server.sockjs;

import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.snorky.server.http.HttpAnswer;
import io.snorky.server.http.HttpExchange;

import java.nio.charset.StandardCharsets;

/**
 * A request with messages for a session. Threads: immutable; the exchange may be answered from any.
 *
 * @param accepted the answer if all is well, whose headers are those of any other, too
 */
record Delivery(HttpExchange exchange, Sending how, HttpAnswer accepted) {

    /**
     * What holds the messages.
     *
     * @return empty if nothing does
     * @throws IllegalArgumentException if it is a form that is none
     */
    byte[] json() {
        byte[] body = exchange.body();
        return how == Sending.JSONP_SEND && isForm()
                ? FormField.find(body).orElse(new byte[0])
                : body;
    }

    private boolean isForm() {
        CharSequence type = HttpUtil.getMimeType(exchange.head());
        return type != null
                && HttpHeaderValues.APPLICATION_X_WWW_FORM_URLENCODED.contentEqualsIgnoreCase(type);
    }

    /** There is no such session, or it has been closed. */
    void notFound() {
        answer(HttpResponseStatus.NOT_FOUND, "No such session\n");
    }

    void answer(MessageArray.Outcome outcome, int maxMessages) {
        switch (outcome) {
            case HEARD -> exchange.answer(accepted);
            case NO_PAYLOAD ->
                    answer(HttpResponseStatus.INTERNAL_SERVER_ERROR, "Payload expected.\n");
            case BROKEN ->
                    answer(HttpResponseStatus.INTERNAL_SERVER_ERROR, "Broken JSON encoding.\n");
            case TOO_MANY ->
                    answer(
                            HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE,
                            "Too many messages (expected: at most " + maxMessages + ")\n");
        }
    }

    /** Too many requests of the session wait already. */
    void tooManyWait(int maxWaiting) {
        answer(
                HttpResponseStatus.SERVICE_UNAVAILABLE,
                "Too many requests wait (expected: at most " + maxWaiting + ")\n");
    }

    private void answer(HttpResponseStatus status, String text) {
        exchange.answer(accepted.instead(status, text.getBytes(StandardCharsets.UTF_8)));
    }
}
