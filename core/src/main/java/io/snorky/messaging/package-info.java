/** Messages from name to name. Start at {@link io.snorky.messaging.MessagingService}. */
@NullMarked
package io.snorky.messaging;

import org.jspecify.annotations.NullMarked;
