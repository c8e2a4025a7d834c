/** What is promised about threads, tried on sockets. */
@NullMarked
package io.snorky.server.threads;

import org.jspecify.annotations.NullMarked;
