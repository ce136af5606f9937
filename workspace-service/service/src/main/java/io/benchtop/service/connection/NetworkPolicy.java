package io.benchtop.service.connection;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which addresses a source may have (S32). Asked of the very address that is connected to, after a name was resolved: what a name
 * means to whoever registered it, or meant a moment ago, counts for nothing.
 *
 * <p>Public addresses may be reached. Those of one machine or one house only where an administrator listed their network. The
 * rest, such as those by which a cloud tells its machines their passwords, never.
 */
public final class NetworkPolicy {

    public static final String VARIABLE = "BENCHTOP_SOURCE_NETWORKS";

    private static final List<Block> NEVER = blocks(
            "0.0.0.0/8",
            "169.254.0.0/16",
            // What Alibaba's, Azure's and Oracle's clouds tell their machines secrets at.
            "100.100.100.200/32",
            "168.63.129.16/32",
            "192.0.0.192/32",
            "224.0.0.0/4",
            "240.0.0.0/4",
            "::/128",
            "fe80::/10",
            "ff00::/8",
            "fd00:ec2::254/128");
    private static final List<Block> LISTED_ONLY = blocks(
            "127.0.0.0/8",
            "10.0.0.0/8",
            "172.16.0.0/12",
            "192.168.0.0/16",
            "100.64.0.0/10",
            "192.0.0.0/24",
            "198.18.0.0/15",
            // Addresses of IPv4 behind a translator of the house.
            "64:ff9b:1::/48",
            "::1/128",
            "fc00::/7",
            "fec0::/10");

    /** Addresses that carry one of IPv4, and at which byte: some routers deliver them there. */
    private static final Block COMPATIBLE = Block.of("::/96");

    private static final Block TRANSLATED = Block.of("64:ff9b::/96");
    private static final Block SIX_TO_FOUR = Block.of("2002::/16");

    private final List<Block> listed;
    private final String variable;
    private final String what;

    private NetworkPolicy(List<Block> listed, String variable, String what) {
        this.listed = listed;
        this.variable = variable;
        this.what = what;
    }

    /**
     * @param networks what {@value #VARIABLE} says: blocks such as {@code 10.0.0.0/8}, with commas between; may be empty
     * @throws IllegalArgumentException if it says something else
     */
    public static NetworkPolicy of(String networks) {
        return of(networks, VARIABLE, "source");
    }

    /**
     * The same for something else that leads out of here.
     *
     * @param variable where an administrator lists networks
     * @param what is reached, in one word
     */
    public static NetworkPolicy of(String networks, String variable, String what) {
        return new NetworkPolicy(
                Stream.of(networks.split(",", -1))
                        .map(String::strip)
                        .filter(text -> !text.isEmpty())
                        .map(text -> Block.of(variable, text))
                        .toList(),
                variable,
                what);
    }

    /** What {@link #of} reads as the same policy. */
    public String text() {
        return listed.stream().map(block -> block.text).collect(Collectors.joining(","));
    }

    /** Why this address must not be reached, as a sentence; empty if it may be. */
    public Optional<String> refusal(InetAddress address) {
        byte[] bytes = unwrapped(address.getAddress());
        String shown = shown(bytes);
        if (in(NEVER, bytes)) {
            return Optional.of("The address " + shown + " is one that no " + what
                    + " may have: it is not that of a host, or a cloud" + " tells its machines their passwords there. "
                    + variable + " cannot allow it.");
        }
        if (in(LISTED_ONLY, bytes) && !in(listed, bytes)) {
            return Optional.of("The address " + shown
                    + " is not public. If " + what + "s may be there, an administrator adds its network to " + variable
                    + " and restarts the service.");
        }
        return Optional.empty();
    }

    /**
     * Those addresses of a host that may be reached; whoever connects to them and to no other reaches nothing that was not checked.
     *
     * @throws AddressRefused if there is none
     */
    public InetAddress[] resolve(String host) throws UnknownHostException {
        InetAddress[] all = InetAddress.getAllByName(host);
        InetAddress[] allowed =
                Stream.of(all).filter(address -> refusal(address).isEmpty()).toArray(InetAddress[]::new);
        if (allowed.length == 0) {
            throw new AddressRefused(refusal(all[0]).orElseThrow());
        }
        return allowed;
    }

    private static byte[] unwrapped(byte[] bytes) {
        boolean six = bytes.length == 16;
        boolean host = six && (bytes[12] != 0 || bytes[13] != 0);
        if (six && ((COMPATIBLE.holds(bytes) && host) || TRANSLATED.holds(bytes))) {
            return Arrays.copyOfRange(bytes, 12, 16);
        }
        return six && SIX_TO_FOUR.holds(bytes) ? Arrays.copyOfRange(bytes, 2, 6) : bytes;
    }

    private static String shown(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes).getHostAddress();
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address has 4 or 16 bytes", e);
        }
    }

    private static boolean in(List<Block> blocks, byte[] bytes) {
        return blocks.stream().anyMatch(block -> block.holds(bytes));
    }

    private static List<Block> blocks(String... texts) {
        return Stream.of(texts).map(Block::of).toList();
    }

    /** All addresses that begin with the same bits. */
    private static final class Block {

        private final String text;
        private final byte[] start;
        private final int bits;

        private Block(String text, byte[] start, int bits) {
            this.text = text;
            this.start = start;
            this.bits = bits;
        }

        static Block of(String text) {
            return of(VARIABLE, text);
        }

        static Block of(String variable, String text) {
            int slash = text.indexOf('/');
            String address = slash < 0 ? text : text.substring(0, slash);
            try {
                // Signs that no name has: nothing is resolved.
                if (!address.matches("[0-9.]+|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*")) {
                    throw new IllegalArgumentException(text);
                }
                byte[] start = InetAddress.getByName(address).getAddress();
                int bits = slash < 0 ? start.length * 8 : Integer.parseInt(text.substring(slash + 1));
                if (bits < 0 || bits > start.length * 8) {
                    throw new IllegalArgumentException(text);
                }
                return new Block(text, start, bits);
            } catch (UnknownHostException | IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        variable + ": \"" + text + "\" is no network. Write one like 10.0.0.0/8 or fd12::/16.", e);
            }
        }

        boolean holds(byte[] address) {
            if (address.length != start.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit += 8) {
                int mask = bits - bit >= 8 ? 0xff : 0xff << (8 - (bits - bit)) & 0xff;
                if (((address[bit / 8] ^ start[bit / 8]) & mask) != 0) {
                    return false;
                }
            }
            return true;
        }
    }
}
