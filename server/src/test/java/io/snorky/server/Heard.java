package io.snorky.server;

import org.jspecify.annotations.Nullable;

import java.net.http.WebSocket;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/** Records what a WebSocket hears. */
final class Heard implements WebSocket.Listener {

    final List<String> messages = new CopyOnWriteArrayList<>();
    volatile int closeCode;
    volatile String closeText = "";

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
        messages.add(text.toString());
        socket.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String text) {
        closeText = text;
        closeCode = code;
        return null;
    }
}
