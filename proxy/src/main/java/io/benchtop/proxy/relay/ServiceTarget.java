package io.benchtop.proxy.relay;

import static java.util.Objects.requireNonNull;

import io.benchtop.api.routing.ProxyProof;
import java.net.InetSocketAddress;
import java.net.URI;

/**
 * The public side of workspace-service.
 *
 * @param address where it is
 * @param proof the header line by which it knows that a request comes from us; no other upstream may see it
 */
public record ServiceTarget(InetSocketAddress address, String proof) {

    private static final int HTTP = 80;

    public ServiceTarget {
        requireNonNull(address, "address is null");
        requireNonNull(proof, "proof is null");
    }

    public static ServiceTarget of(URI url, String internalKey) {
        int port = url.getPort() < 0 ? HTTP : url.getPort();
        return new ServiceTarget(
                new InetSocketAddress(url.getHost(), port),
                ProxyProof.HEADER + ": " + ProxyProof.of(internalKey) + "\r\n");
    }

    /** The proof is a secret and stays out of logs. */
    @Override
    public String toString() {
        return "ServiceTarget[" + address + "]";
    }
}
