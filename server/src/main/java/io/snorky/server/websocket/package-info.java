/**
 * WebSocket (RFC 6455): the handshake, frames, and the connections of clients. Not for
 * applications.
 */
@NullMarked
package io.snorky.server.websocket;

import org.jspecify.annotations.NullMarked;
