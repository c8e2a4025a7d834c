/**
 * The filter language of {@link io.snorky.datasync.FilterDealer}: queries become immutable trees
 * ({@link io.snorky.datasync.filter.Filter}), and an index ({@link
 * io.snorky.datasync.filter.FilterIndex}) finds those that are true for a row. Not for users.
 */
@NullMarked
package io.snorky.datasync.filter;

import org.jspecify.annotations.NullMarked;
