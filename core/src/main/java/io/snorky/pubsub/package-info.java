/**
 * Messages by channel: clients subscribe, clients and back ends publish. Start at {@link
 * io.snorky.pubsub.PubSubService}.
 */
@NullMarked
package io.snorky.pubsub;

import org.jspecify.annotations.NullMarked;
