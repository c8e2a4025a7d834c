package io.snorky.server.sockjs;

import io.snorky.server.SockJsTransport;

import java.nio.charset.StandardCharsets;

/**
 * The transports over HTTP: all that sets them apart in how they bring frames to a client. {@code
 * CALLBACK} stands for a name that the client chose.
 */
enum Receiving {
    XHR("xhr", Words.POST, Words.SCRIPT, "", FrameFormat.LINE, ""),

    XHR_STREAMING(
            "xhr_streaming",
            Words.POST,
            Words.SCRIPT,
            "h".repeat(2048) + "\n",
            FrameFormat.LINE,
            ""),

    EVENTSOURCE("eventsource", Words.GET, "text/event-stream", "\r\n", FrameFormat.EVENT, ""),

    HTMLFILE(
            "htmlfile",
            Words.GET,
            "text/html; charset=UTF-8",
            """
            <!doctype html>
            <html><head>
              <meta http-equiv="X-UA-Compatible" content="IE=edge" />
              <meta http-equiv="Content-Type" content="text/html; charset=UTF-8" />
            </head><body><h2>Don't panic!</h2>
              <script>
                document.domain = document.domain;
                var c = parent.CALLBACK;
                c.start();
                function p(d) {c.message(d);};
                window.onload = function() {c.stop();};
              </script>
            """
                    + " ".repeat(1024)
                    + "\r\n\r\n",
            FrameFormat.SCRIPT,
            ""),

    JSONP("jsonp", Words.GET, Words.SCRIPT, "", FrameFormat.ARGUMENT, "/**/CALLBACK(");

    private static final class Words {
        static final String GET = "GET";
        static final String POST = "POST";
        static final String SCRIPT = "application/javascript; charset=UTF-8";
    }

    private static final String CALLBACK = "CALLBACK";

    private final String segment;
    private final String method;
    private final String contentType;
    private final String prelude;
    private final FrameFormat format;
    private final String call;

    Receiving(
            String segment,
            String method,
            String contentType,
            String prelude,
            FrameFormat format,
            String call) {
        this.segment = segment;
        this.method = method;
        this.contentType = contentType;
        this.prelude = prelude;
        this.format = format;
        this.call = call;
    }

    /** The last segment of its path. */
    String segment() {
        return segment;
    }

    String method() {
        return method;
    }

    /** What it is called in options. */
    SockJsTransport transport() {
        return SockJsTransport.valueOf(name());
    }

    String contentType() {
        return contentType;
    }

    /** Whether a browser runs the answer, and should not take it for anything else. */
    boolean isScript() {
        return !call.isEmpty();
    }

    /** Whether pages of other origins read the answer, rather than run it or show it in a frame. */
    boolean isReadByPages() {
        return !needsCallback();
    }

    /** Whether the client has to say what to call with a frame. */
    boolean needsCallback() {
        return prelude.contains(CALLBACK) || call.contains(CALLBACK);
    }

    /** Whether frames follow each other in one answer; else each ends it. */
    boolean streams() {
        return !prelude.isEmpty();
    }

    /** What comes before the first frame of an answer that streams. */
    byte[] prelude(String callback) {
        return prelude.replace(CALLBACK, callback).getBytes(StandardCharsets.US_ASCII);
    }

    /** What comes before a frame and after it, if the client has a say in it. */
    String beforeFrame(String callback) {
        return call.replace(CALLBACK, callback);
    }

    String afterFrame() {
        return call.isEmpty() ? "" : ");\r\n";
    }

    FrameFormat format() {
        return format;
    }
}
