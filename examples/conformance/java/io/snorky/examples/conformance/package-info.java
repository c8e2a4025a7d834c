/** A server that offers everything the protocol can be tested against. */
@NullMarked
package io.snorky.examples.conformance;

import org.jspecify.annotations.NullMarked;
