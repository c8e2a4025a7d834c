package io.snorky.server.proxy;

import io.netty.util.NetUtil;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;

/**
 * Addresses that begin alike. An IPv4 address that is written as one of IPv6 is one of IPv4.
 *
 * <p>Threads: immutable.
 *
 * @param base its first address
 * @param bits that its addresses have in common
 */
public record Network(InetAddress base, int bits) {

    private static final int MAPPED_BITS = 96;

    /** The network of an address: so many bits of it, or all if it has no more. */
    public static Network of(InetAddress address, int bits) {
        byte[] bytes = plain(address).getAddress();
        int kept = Math.min(bits, bytes.length * 8);
        for (int bit = kept; bit < bytes.length * 8; bit++) {
            bytes[bit / 8] &= (byte) ~(0x80 >> bit % 8);
        }
        return new Network(address(bytes), kept);
    }

    /** An address, or an address and a number of bits as in {@code 10.0.0.0/8}. */
    public static Optional<Network> parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            return parseAddress(text).map(address -> of(address, Integer.MAX_VALUE));
        }
        String bits = text.substring(slash + 1);
        if (!bits.matches("[0-9]{1,3}")) {
            return Optional.empty();
        }
        return parse(text.substring(0, slash), Integer.parseInt(bits));
    }

    private static Optional<Network> parse(String text, int bits) {
        boolean long6 = text.indexOf(':') >= 0;
        return parseAddress(text)
                .filter(address -> bits <= (long6 ? 128 : 32))
                .flatMap(address -> {
                    boolean mapped = long6 && address.getAddress().length == 4;
                    int own = mapped ? bits - MAPPED_BITS : bits;
                    return own < 0 ? Optional.empty() : Optional.of(of(address, own));
                });
    }

    /** An address that is written in numbers; names are not looked up. */
    static Optional<InetAddress> parseAddress(String text) {
        if (text.startsWith("[") || text.indexOf('%') >= 0) {
            return Optional.empty();
        }
        return Optional.ofNullable(NetUtil.createByteArrayFromIpAddressString(text))
                .map(Network::address);
    }

    /** Whether an address is one of these. */
    public boolean contains(InetAddress address) {
        return of(address, bits).equals(this);
    }

    private static InetAddress plain(InetAddress address) {
        return address(address.getAddress());
    }

    /** Java itself makes an IPv4 address of one that is mapped into IPv6. */
    private static InetAddress address(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new AssertionError(Arrays.toString(bytes) + " is an address", e);
        }
    }
}
