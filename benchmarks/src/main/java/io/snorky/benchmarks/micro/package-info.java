/** Microbenchmarks of what runs for each message. {@code ./snorky bench micro} runs them. */
@NullMarked
package io.snorky.benchmarks.micro;

import org.jspecify.annotations.NullMarked;
