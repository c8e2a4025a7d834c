/** HTTP/1.1 beneath the endpoints: routing, bodies, keep-alive. Not for applications. */
@NullMarked
package io.snorky.server.http;

import org.jspecify.annotations.NullMarked;
