/** Static files, for the pages of examples and small applications. */
@NullMarked
package io.snorky.server.files;

import org.jspecify.annotations.NullMarked;
