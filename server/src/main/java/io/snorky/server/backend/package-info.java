/**
 * The HTTP back end: one request, one response, for trusted servers that know a key. Not for
 * applications.
 */
@NullMarked
package io.snorky.server.backend;

import org.jspecify.annotations.NullMarked;
