package io.benchtop.service.http;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * All that a token of an endpoint may ask of the service: to count outcomes of that endpoint's users, for the program that asks the
 * endpoint is the one that sees what its users do.
 */
final class EndpointTokenScope {

    private static final Pattern OUTCOMES = Pattern.compile("/api/v1/endpoints/([a-z0-9-]{1,40})/outcomes");

    private EndpointTokenScope() {}

    /** The endpoint whose tokens count for such a request; empty where none does. */
    static String endpoint(String method, String path) {
        Matcher outcomes = OUTCOMES.matcher(path);
        return method.equals("POST") && outcomes.matches() ? outcomes.group(1) : "";
    }
}
