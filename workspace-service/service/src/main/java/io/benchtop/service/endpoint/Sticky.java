package io.benchtop.service.endpoint;

import io.benchtop.service.problem.ProblemException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What keeps somebody with one version: what is named here, and else who calls. Where nothing is named each request finds its version
 * on its own, so that a program that calls for everybody is split as well.
 *
 * @param header a request header that names the one for whom a client asks; believed because an owner says so; null for none
 * @param cookie whether browsers are given a signed cookie
 */
public record Sticky(@Nullable String header, boolean cookie) {

    public static final Sticky NONE = new Sticky(null, false);

    private static final Pattern HEADER = Pattern.compile("[A-Za-z][A-Za-z0-9-]{0,63}");

    public Sticky {
        if (header != null
                && (!HEADER.matcher(header).matches()
                        || header.equalsIgnoreCase("authorization")
                        || header.equalsIgnoreCase("cookie"))) {
            throw ProblemException.invalidField(
                    "sticky.header", "must be the name of a request header of your own, such as X-User-Id");
        }
    }

    /** Asked of what is chosen anew: a header so named holds bytes in gRPC, but may have been chosen before. */
    void requireChoosable() {
        if (header != null && header.toLowerCase(Locale.ROOT).endsWith("-bin")) {
            throw ProblemException.invalidField("sticky.header", "must not end with -bin, which gRPC keeps for bytes");
        }
    }
}
