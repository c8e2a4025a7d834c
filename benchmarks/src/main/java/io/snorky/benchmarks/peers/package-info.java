/** The smallest idiomatic servers of other frameworks that do the same job. */
@NullMarked
package io.snorky.benchmarks.peers;

import org.jspecify.annotations.NullMarked;
