/** The code that {@code docs/services.md} shows. */
@NullMarked
package io.snorky.testkit.manual;

import org.jspecify.annotations.NullMarked;
