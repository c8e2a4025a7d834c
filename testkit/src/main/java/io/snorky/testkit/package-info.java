/**
 * Clients in memory, for tests of services with any test framework: what fails is an {@link
 * AssertionError}. Start at {@link io.snorky.testkit.TestClient}.
 */
@NullMarked
package io.snorky.testkit;

import org.jspecify.annotations.NullMarked;
