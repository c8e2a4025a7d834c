/**
 * A service of one's own: commands that answer at once, one that takes a while, and their errors.
 * Start reading at {@link io.snorky.examples.calculator.CalculatorService}.
 */
@NullMarked
package io.snorky.examples.calculator;

import org.jspecify.annotations.NullMarked;
