/**
 * JSON as it travels: checked once where it lies ({@link io.snorky.json.JsonDocument}), written
 * once ({@link io.snorky.json.JsonWriter}), compared by value ({@link io.snorky.json.ValueKey}).
 *
 * <p>For Snorky's own modules; applications meet Jackson's {@code JsonNode} instead.
 */
@NullMarked
package io.snorky.json;

import org.jspecify.annotations.NullMarked;
