/** Whose requests proxies hand on: whom to believe, and what they say. Not for applications. */
@NullMarked
package io.snorky.server.proxy;

import org.jspecify.annotations.NullMarked;
