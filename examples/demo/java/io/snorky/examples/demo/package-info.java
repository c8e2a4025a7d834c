/** All examples at once: what {@code ./snorky demo} runs. */
@NullMarked
package io.snorky.examples.demo;

import org.jspecify.annotations.NullMarked;
