/** Synced objects over real sockets. */
@NullMarked
package io.snorky.server.sync;

import org.jspecify.annotations.NullMarked;
