package io.benchtop.service.connection.s3;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.connection.NetworkPolicy;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.apache.hc.client5.http.DnsResolver;

/** The client connects to the addresses that this gives and to none else, so that none is reached which was not checked. */
final class CheckedNames implements DnsResolver {

    private final NetworkPolicy policy;

    CheckedNames(NetworkPolicy policy) {
        this.policy = requireNonNull(policy, "policy is null");
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        return policy.resolve(host);
    }

    @Override
    public String resolveCanonicalHostname(String host) {
        return host;
    }
}
