package io.benchtop.service.connection;

import io.benchtop.service.problem.ProblemException;
import java.util.regex.Pattern;

/** What a host may be called: letters that a name or an address has, none that an address of a driver gives a meaning. */
final class HostName {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9._-]{0,251}[A-Za-z0-9])?");
    private static final Pattern IPV6 = Pattern.compile("\\[[0-9A-Fa-f:.]{2,45}]|[0-9A-Fa-f:.]{2,45}");

    private HostName() {}

    static void check(String field, String host) {
        boolean address = host.indexOf(':') >= 0 && IPV6.matcher(host).matches();
        if (!address && !NAME.matcher(host).matches()) {
            throw ProblemException.invalidField(
                    field, "must name a host: letters, digits, dots and hyphens, or an IPv6 address, and nothing more");
        }
    }
}
