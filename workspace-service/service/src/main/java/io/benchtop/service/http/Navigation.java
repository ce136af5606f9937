package io.benchtop.service.http;

import io.micronaut.http.HttpRequest;
import org.jspecify.annotations.Nullable;

/** Whether a person opened a page, as opposed to a script or program that asks for data. */
final class Navigation {

    private Navigation() {}

    static boolean isOne(HttpRequest<?> request) {
        return RequestKind.of(request.getPath()) == RequestKind.PAGE
                && isOne(
                        request.getMethodName(),
                        request.getHeaders().get("Sec-Fetch-Mode"),
                        request.getHeaders().get("Accept"),
                        request.getHeaders().get("HX-Request"));
    }

    static boolean isOne(String method, @Nullable String fetchMode, @Nullable String accept, @Nullable String htmx) {
        if (!method.equals("GET") || htmx != null) {
            return false;
        }
        return fetchMode != null ? fetchMode.equals("navigate") : accept != null && accept.contains("text/html");
    }
}
