package io.snorky.benchmarks.peers;

import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.handler.ConcurrentWebSocketSessionDecorator;
import org.springframework.web.socket.handler.TextWebSocketHandler;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Threads: any; a session is sent to through what Spring has for that. */
final class SpringHandler extends TextWebSocketHandler {

    private static final int SEND_MILLIS = 10_000;
    private static final int BUFFER_BYTES = 8 << 20;

    private final Map<String, WebSocketSession> sessions = new ConcurrentHashMap<>();
    private final Map<String, WebSocketSession> subscribers = new ConcurrentHashMap<>();

    @Override
    public void afterConnectionEstablished(WebSocketSession session) {
        var concurrent =
                new ConcurrentWebSocketSessionDecorator(session, SEND_MILLIS, BUFFER_BYTES);
        sessions.put(session.getId(), concurrent);
    }

    @Override
    public void afterConnectionClosed(WebSocketSession session, CloseStatus status) {
        subscribers.remove(session.getId());
        sessions.remove(session.getId());
    }

    @Override
    protected void handleTextMessage(WebSocketSession raw, TextMessage message) throws IOException {
        WebSocketSession session = sessions.getOrDefault(raw.getId(), raw);
        switch (message.getPayload().charAt(0)) {
            case 's' -> {
                subscribers.put(session.getId(), session);
                session.sendMessage(message);
            }
            case 'p' -> publish(new TextMessage(message.asBytes()));
            default -> session.sendMessage(message);
        }
    }

    private void publish(TextMessage message) throws IOException {
        for (WebSocketSession subscriber : subscribers.values()) {
            subscriber.sendMessage(message);
        }
    }
}
