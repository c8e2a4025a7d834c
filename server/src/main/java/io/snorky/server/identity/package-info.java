/**
 * Who may connect, and as whom: ready-made {@link io.snorky.server.Authenticator authenticators} by
 * {@link io.snorky.server.identity.TokenAuthenticator token} and by {@link
 * io.snorky.server.identity.SessionAuthenticator session cookie}.
 */
@NullMarked
package io.snorky.server.identity;

import org.jspecify.annotations.NullMarked;
