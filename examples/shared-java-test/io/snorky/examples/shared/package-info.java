/** What the tests of the examples have in common. */
@NullMarked
package io.snorky.examples.shared;

import org.jspecify.annotations.NullMarked;
