/** Names for the people in the examples, which is not the way to do it in earnest. */
@NullMarked
package io.snorky.examples.login;

import org.jspecify.annotations.NullMarked;
