/** Figures of a running server, and who shows them. Not for applications. */
@NullMarked
package io.snorky.server.metrics;

import org.jspecify.annotations.NullMarked;
