/**
 * SockJS 0.3.3: sessions over WebSocket or, where that does not get through, over one HTTP request
 * after the other. {@link io.snorky.server.sockjs.Receiving} is the table of what sets the latter
 * apart. Not for applications.
 */
@NullMarked
package io.snorky.server.sockjs;

import org.jspecify.annotations.NullMarked;
