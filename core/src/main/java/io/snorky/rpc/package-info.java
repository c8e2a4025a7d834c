/** Services whose methods clients may call by name. Start at {@link io.snorky.rpc.RpcService}. */
@NullMarked
package io.snorky.rpc;

import org.jspecify.annotations.NullMarked;
