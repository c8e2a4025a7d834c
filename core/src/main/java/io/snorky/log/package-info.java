/**
 * Bounded logs in memory and places in them: what DataSync and PubSub keep the past in. Not for
 * users.
 */
@NullMarked
package io.snorky.log;

import org.jspecify.annotations.NullMarked;
