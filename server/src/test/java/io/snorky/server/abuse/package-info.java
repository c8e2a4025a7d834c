/** Peers that mean harm. */
@NullMarked
package io.snorky.server.abuse;

import org.jspecify.annotations.NullMarked;
