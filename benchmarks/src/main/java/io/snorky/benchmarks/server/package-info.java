/** The Snorky server that is measured. */
@NullMarked
package io.snorky.benchmarks.server;

import org.jspecify.annotations.NullMarked;
