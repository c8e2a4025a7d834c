/** Rooms to talk in. Start reading at {@link io.snorky.examples.chat.ChatExample}. */
@NullMarked
package io.snorky.examples.chat;

import org.jspecify.annotations.NullMarked;
