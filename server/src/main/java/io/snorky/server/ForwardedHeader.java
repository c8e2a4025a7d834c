package io.snorky.server;

/** In which header of a request a proxy says whose it is. */
public enum ForwardedHeader {

    /** {@code X-Forwarded-For}, and {@code X-Forwarded-Proto} for the protocol. */
    X_FORWARDED,

    /** {@code Forwarded} (RFC 7239), its parameters {@code for} and {@code proto}. */
    FORWARDED
}
