package io.snorky.server.proxy;

import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How a proxy writes where a client is (RFC 7239, section 6). */
final class Node {

    private static final Pattern NODE =
            Pattern.compile(
                    "(?:\\[(?<six>[^\\]]+)]|(?<four>[0-9.]+))(?::(?:(?<port>[0-9]{1,5})|_[\\w.-]+))?");

    private Node() {}

    /**
     * An address, with its port if there is one: {@code 192.0.2.7}, {@code 192.0.2.7:4711}, {@code
     * [2001:db8::7]:4711}, and {@code 2001:db8::7}, which is not of the RFC.
     *
     * @return empty if it is something else, or a name a proxy made up to hide it
     */
    static Optional<InetSocketAddress> parse(String text) {
        Matcher matcher = NODE.matcher(text);
        if (!matcher.matches()) {
            return at(text, "0");
        }
        String address = matcher.group("six") == null ? "four" : "six";
        String port = matcher.group("port");
        return at(matcher.group(address), port == null ? "0" : port);
    }

    private static Optional<InetSocketAddress> at(String address, String port) {
        int number = Integer.parseInt(port);
        return number > 65_535
                ? Optional.empty()
                : Network.parseAddress(address).map(ip -> new InetSocketAddress(ip, number));
    }
}
