package io.snorky.examples.chat;

import io.snorky.chat.ChatService;
import io.snorky.examples.login.LoginService;
import io.snorky.server.SnorkyServer;
import io.snorky.server.StaticFiles;

/** A chat server: the page and its WebSocket at port 5001. */
public final class ChatExample {

    private static final String PAGE = "io/snorky/examples/chat/web";

    private ChatExample() {}

    /** Runs the server until the process is told to end. */
    public static void main(String[] arguments) throws InterruptedException {
        var page = StaticFiles.onClassPath(ChatExample.class.getClassLoader(), PAGE);
        var login = new LoginService();
        var chat = new ChatService("chat");

        try (var server =
                SnorkyServer.builder()
                        .listen(5001, at -> at.webSocket("/ws", login, chat).files("/", page))
                        .start()) {
            Runtime.getRuntime().addShutdownHook(new Thread(server::close));
            System.out.println("chat http://127.0.0.1:5001/");
            server.awaitShutdown();
        }
    }
}
