package io.snorky.server.sockjs;

import io.snorky.server.SockJsTransport;

import java.util.EnumSet;
import java.util.Set;

/** How a client sends messages while it receives over HTTP. */
enum Sending {
    XHR_SEND("xhr_send", 204, "", true),

    JSONP_SEND("jsonp_send", 200, "ok", false);

    private static final Set<SockJsTransport> BY_PAGES =
            EnumSet.of(
                    SockJsTransport.XHR,
                    SockJsTransport.XHR_STREAMING,
                    SockJsTransport.EVENTSOURCE,
                    SockJsTransport.HTMLFILE);

    private static final Set<SockJsTransport> BY_FORMS = EnumSet.of(SockJsTransport.JSONP);

    private final String segment;
    private final int status;
    private final String answer;
    private final boolean readByPages;

    Sending(String segment, int status, String answer, boolean readByPages) {
        this.segment = segment;
        this.status = status;
        this.answer = answer;
        this.readByPages = readByPages;
    }

    /** The last segment of its path. */
    String segment() {
        return segment;
    }

    /** The status that says that what was sent has been heard. */
    int status() {
        return status;
    }

    /** The body that goes with it. */
    String answer() {
        return answer;
    }

    /** Whether pages of other origins send with it and read the answer; else forms do. */
    boolean isReadByPages() {
        return readByPages;
    }

    /** Whose messages it brings. */
    Set<SockJsTransport> transports() {
        return readByPages ? BY_PAGES : BY_FORMS;
    }
}
