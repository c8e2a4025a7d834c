package io.snorky.server.proxy;

import io.netty.handler.codec.http.HttpHeaders;

import java.util.Iterator;
import java.util.Optional;

/** Reads what each proxy in a row wrote into a request's head. Threads: immutable. */
interface HopReader {

    /**
     * Who came to which proxy, that of the nearest first. Reads no further than is asked for, so
     * that what a client made up does no harm to what a proxy wrote behind it; one that cannot be
     * understood is empty.
     */
    Iterator<Optional<Sender>> hops(HttpHeaders headers);
}
