/** Messages from person to person. Start reading at {@link io.snorky.examples.talk.TalkExample}. */
@NullMarked
package io.snorky.examples.talk;

import org.jspecify.annotations.NullMarked;
