/**
 * What a transport gives to the core: {@link io.snorky.transport.Connection connections}, each with
 * an {@link io.snorky.transport.EventLoop}. Applications do not need it.
 */
@NullMarked
package io.snorky.transport;

import org.jspecify.annotations.NullMarked;
