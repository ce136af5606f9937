package io.benchtop.service.connection.sql;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.connection.AddressRefused;
import io.benchtop.service.connection.NetworkPolicy;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/** Connects to no address that the policy refuses. By no proxy either, which would resolve names once more. */
final class CheckedSocket extends Socket {

    private final NetworkPolicy policy;

    CheckedSocket(NetworkPolicy policy) {
        super(Proxy.NO_PROXY);
        this.policy = requireNonNull(policy, "policy is null");
    }

    @Override
    public void connect(SocketAddress endpoint) throws IOException {
        connect(endpoint, 0);
    }

    @Override
    public void connect(SocketAddress endpoint, int timeout) throws IOException {
        if (!(endpoint instanceof InetSocketAddress internet) || internet.getAddress() == null) {
            throw new UnknownHostException("the host is unknown");
        }
        Optional<String> refusal = policy.refusal(internet.getAddress());
        if (refusal.isPresent()) {
            throw new AddressRefused(refusal.get());
        }
        super.connect(internet, timeout);
    }
}
