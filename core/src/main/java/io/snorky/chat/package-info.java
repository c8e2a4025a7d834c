/** Rooms to talk in, and who is there. Start at {@link io.snorky.chat.ChatService}. */
@NullMarked
package io.snorky.chat;

import org.jspecify.annotations.NullMarked;
