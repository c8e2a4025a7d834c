/** Files that browsers of synced objects fetch. Not for applications. */
@NullMarked
package io.snorky.server.sync;

import org.jspecify.annotations.NullMarked;
