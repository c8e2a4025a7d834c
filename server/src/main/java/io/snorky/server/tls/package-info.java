/** TLS beneath HTTP: reading certificates and keys, and shaking hands. Not for applications. */
@NullMarked
package io.snorky.server.tls;

import org.jspecify.annotations.NullMarked;
