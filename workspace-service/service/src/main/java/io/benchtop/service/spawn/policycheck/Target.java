package io.benchtop.service.spawn.policycheck;

import static java.util.Objects.requireNonNull;

/**
 * Something that a connection is tried to.
 *
 * @param name what it is, for people: it completes "a server can reach …"
 * @param host name or address
 */
public record Target(String name, String host, int port) {

    public Target {
        requireNonNull(name, "name is null");
        requireNonNull(host, "host is null");
        if (host.isEmpty() || host.chars().anyMatch(Character::isWhitespace)) {
            throw new IllegalArgumentException("not a host: " + host);
        }
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("not a port: " + port);
        }
    }

    /** {@code host:port}, or {@code [host]:port} for an IPv6 address. */
    public String address() {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }
}
