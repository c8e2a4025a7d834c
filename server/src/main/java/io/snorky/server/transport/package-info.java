/**
 * Event loops that take messages to connections: encode once, wake once, write once. Shared by all
 * transports; not for applications.
 */
@NullMarked
package io.snorky.server.transport;

import org.jspecify.annotations.NullMarked;
