/**
 * Who may connect and how fast clients may send, whatever they connect over. Not for applications.
 */
@NullMarked
package io.snorky.server.policy;

import org.jspecify.annotations.NullMarked;
