/**
 * The load tool: starts servers, one after the other gives them the same load, and compares. Start
 * at {@link io.snorky.benchmarks.load.Bench}.
 */
@NullMarked
package io.snorky.benchmarks.load;

import org.jspecify.annotations.NullMarked;
