/**
 * Identities from signed tokens (JSON Web Tokens, RFC 7519). Start at {@link
 * io.snorky.server.jwt.JwtVerifier}.
 */
@NullMarked
package io.snorky.server.jwt;

import org.jspecify.annotations.NullMarked;
