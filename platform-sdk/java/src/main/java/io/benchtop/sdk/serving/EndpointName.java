package io.benchtop.sdk.serving;

import io.benchtop.sdk.error.BenchtopException;
import java.util.regex.Pattern;

/** An endpoint's name, as it is in its address, such as {@code orders}. */
public final class EndpointName {

    /** Where all of them are asked for. */
    public static final String ALL = "/api/v1/endpoints";

    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?");

    private EndpointName() {}

    /**
     * Where an endpoint is asked for.
     *
     * @throws BenchtopException {@code bad_name}
     */
    public static String path(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new BenchtopException(
                    "bad_name",
                    "'" + name + "' is no name of an endpoint: a-z, 0-9 and '-', such as orders; 40 at most.");
        }
        return ALL + "/" + name;
    }
}
