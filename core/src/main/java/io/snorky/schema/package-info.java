/**
 * JSON Schemas of Java types, as Snorky writes and reads them. Most get them from {@code
 * io.snorky.sync.SyncSchema} and {@code io.snorky.rpc.RpcSchema}.
 */
@NullMarked
package io.snorky.schema;

import org.jspecify.annotations.NullMarked;
