package io.benchtop.service.endpoint;

import io.benchtop.service.problem.ProblemException;
import java.util.regex.Pattern;

/** What an endpoint is called; part of its address, {@code /serve/<name>/}, and the name of the model that its clients ask for. */
public record EndpointName(String value) implements Comparable<EndpointName> {

    private static final Pattern VALID = Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?");

    public EndpointName {
        if (!VALID.matcher(value).matches()) {
            throw ProblemException.invalidField(
                    "endpoint",
                    "must be 1 to 40 lower-case letters a-z, digits or hyphens, with a letter or digit at both ends, such as"
                            + " orders-risk");
        }
    }

    /** Of an address: what cannot be a name is not there. */
    public static EndpointName existing(String text) {
        try {
            return new EndpointName(text);
        } catch (ProblemException _) {
            throw ProblemException.notFound("endpoint", text);
        }
    }

    /** Where clients call it, on Benchtop's address. */
    public String path() {
        return "/serve/" + value;
    }

    @Override
    public int compareTo(EndpointName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
