/**
 * The few types everybody meets: a {@link io.snorky.Registry} of {@link io.snorky.Service services}
 * receives messages from {@link io.snorky.Client clients} and sends {@link io.snorky.Message
 * messages} to them, one by one or to an {@link io.snorky.Audience}.
 *
 * <p>Start at {@link io.snorky.rpc.RpcService} to write a service; the ready-made ones are in the
 * packages named after them.
 */
@NullMarked
package io.snorky;

import org.jspecify.annotations.NullMarked;
