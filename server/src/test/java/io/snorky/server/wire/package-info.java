/** A client that may say anything, byte by byte, and the server it says it to. */
@NullMarked
package io.snorky.server.wire;

import org.jspecify.annotations.NullMarked;
