/**
 * Messages between all who have a page open, and from a back end to them: {@link
 * io.snorky.examples.pubsub.PubSubExample} is the server, {@link
 * io.snorky.examples.pubsub.PublishFromBackend} publishes from elsewhere.
 */
@NullMarked
package io.snorky.examples.pubsub;

import org.jspecify.annotations.NullMarked;
