package io.benchtop.proxy.auth;

import java.net.InetAddress;
import java.util.Collection;
import java.util.List;

/**
 * The machines between the world and us, such as an ingress that ends TLS: what they say in {@code X-Forwarded-For} is
 * believed, what anybody else says is not. Each of them adds whom it saw at the end, so the list is read from its end and
 * the first address that is not one of them is the client; what stands before it is hearsay.
 */
public final class TrustedPeers {

    private static final TrustedPeers NOBODY = new TrustedPeers(List.of());

    private final List<Network> networks;

    private TrustedPeers(List<Network> networks) {
        this.networks = networks;
    }

    /** Nobody stands in front of us. */
    public static TrustedPeers nobody() {
        return NOBODY;
    }

    /** Reads addresses and networks such as {@code 192.0.2.1}, {@code 10.0.0.0/8} and {@code fd00::/8}. */
    public static TrustedPeers of(Collection<String> texts) {
        return new TrustedPeers(texts.stream().sorted().map(Network::parse).toList());
    }

    public boolean trusts(InetAddress peer) {
        // Asked for every request, and almost always of an empty list.
        for (Network network : networks) {
            if (network.contains(peer)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Where a request really comes from.
     *
     * @param peer who is connected to us
     * @param forwardedFor all that the request says in {@code X-Forwarded-For}
     */
    public InetAddress clientOf(InetAddress peer, String forwardedFor) {
        InetAddress client = peer;
        String[] said = forwardedFor.split(",", -1);
        for (int i = said.length - 1; i >= 0 && trusts(client); i--) {
            try {
                client = InetAddress.ofLiteral(said[i].strip());
            } catch (IllegalArgumentException e) {
                break;
            }
        }
        return client;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TrustedPeers that && networks.equals(that.networks);
    }

    @Override
    public int hashCode() {
        return networks.hashCode();
    }

    @Override
    public String toString() {
        return "TrustedPeers" + networks;
    }

    private record Network(InetAddress base, int bits) {

        static Network parse(String text) {
            int slash = text.indexOf('/');
            InetAddress base = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash));
            int width = base.getAddress().length * Byte.SIZE;
            String bits = slash < 0 ? Integer.toString(width) : text.substring(slash + 1);
            if (!bits.matches("\\d{1,3}") || Integer.parseInt(bits) > width) {
                throw new IllegalArgumentException("no network has " + bits + " fixed bits: " + text);
            }
            return new Network(base, Integer.parseInt(bits));
        }

        boolean contains(InetAddress address) {
            byte[] mine = base.getAddress();
            byte[] other = address.getAddress();
            boolean same = mine.length == other.length;
            for (int bit = 0; same && bit < bits; bit++) {
                int mask = 0x80 >> bit % Byte.SIZE;
                same = ((mine[bit / Byte.SIZE] ^ other[bit / Byte.SIZE]) & mask) == 0;
            }
            return same;
        }
    }
}
