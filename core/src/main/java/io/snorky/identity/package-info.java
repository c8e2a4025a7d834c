/**
 * Who clients are, as they prove by tokens: {@link io.snorky.identity.TokenVerifier} says what a
 * token is worth.
 */
@NullMarked
package io.snorky.identity;

import org.jspecify.annotations.NullMarked;
