/** Snorky on a network. Start at {@link io.snorky.server.SnorkyServer}. */
@NullMarked
package io.snorky.server;

import org.jspecify.annotations.NullMarked;
