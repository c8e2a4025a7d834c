package io.snorky.testkit.manual;

import io.snorky.Client;
import io.snorky.ConnectionHandler;

final class LineEcho extends ConnectionHandler {

    @Override
    protected void onMessage(Client client, String text) {
        send(client, text);
    }
}
