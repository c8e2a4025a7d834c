/**
 * What RFC 6455 and RFC 7692 say about frames, case by case. A case has the number of the Autobahn
 * test suite's, where that has one; {@link io.snorky.server.rfc6455.Rfc6455Test} plays them all.
 */
@NullMarked
package io.snorky.server.rfc6455;

import org.jspecify.annotations.NullMarked;
