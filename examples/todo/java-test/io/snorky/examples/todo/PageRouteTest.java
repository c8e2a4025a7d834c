package io.snorky.examples.todo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PageRouteTest {

    @ParameterizedTest
    @CsvSource({
        ":5001/ws, ws://*:5001 http://*:5001",
        "ws://localhost:5001/a/ws, ws://localhost:5001 http://localhost:5001",
        "wss://example.org/ws, wss://example.org https://example.org"
    })
    void the_policy_lets_the_page_reach_Snorky_by_WebSocket_and_by_SockJS(
            String websocket, String sources) {
        assertThat(PageRoute.sources(websocket)).isEqualTo(sources);
    }
}
