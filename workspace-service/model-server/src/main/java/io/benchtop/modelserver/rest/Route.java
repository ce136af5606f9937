package io.benchtop.modelserver.rest;

import io.benchtop.modelserver.protocol.InferenceException;
import io.benchtop.modelserver.protocol.InferenceException.Reason;
import io.benchtop.modelserver.protocol.Quote;
import io.benchtop.modelserver.store.ModelVersionNumber;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a request asks for, by its method and path alone. */
record Route(Kind kind, String model, @Nullable String version) {

    enum Kind {
        LIVE,
        READY,
        SERVER_METADATA,
        MODEL_METADATA,
        MODEL_READY,
        MODEL_CONFIG,
        STATISTICS,
        INFER,
        INDEX,
        LOAD,
        UNLOAD,
        SHADOW;

        private HttpMethod method() {
            return switch (this) {
                case INFER, INDEX, LOAD, UNLOAD, SHADOW -> HttpMethod.POST;
                default -> HttpMethod.GET;
            };
        }
    }

    static Route of(HttpMethod method, String uri) {
        Route route = find(segments(uri));
        if (!method.equals(route.kind.method())) {
            throw new InferenceException(
                    Reason.WRONG_METHOD,
                    "this path is for " + route.kind.method() + ", not " + Quote.of(method.name()));
        }
        return route;
    }

    private static List<String> segments(String uri) {
        int query = uri.indexOf('?');
        String path = query < 0 ? uri : uri.substring(0, query);
        List<String> segments = new ArrayList<>();
        for (String segment : path.split("/", -1)) {
            try {
                segments.add(QueryStringDecoder.decodeComponent(segment.replace("+", "%2B"), StandardCharsets.UTF_8));
            } catch (IllegalArgumentException e) {
                throw InferenceException.invalid("the path is not well encoded");
            }
        }
        segments.removeFirst();
        if (!segments.isEmpty() && segments.getLast().isEmpty()) {
            segments.removeLast();
        }
        return segments;
    }

    private static Route find(List<String> path) {
        if (path.equals(List.of("v2"))) {
            return plain(Kind.SERVER_METADATA);
        }
        if (path.equals(List.of("v2", "health", "live"))) {
            return plain(Kind.LIVE);
        }
        if (path.equals(List.of("v2", "health", "ready"))) {
            return plain(Kind.READY);
        }
        if (path.equals(List.of("v2", "repository", "index"))) {
            return plain(Kind.INDEX);
        }
        if (path.equals(List.of("v2", "models", "stats"))) {
            return plain(Kind.STATISTICS);
        }
        if (path.size() == 5 && path.subList(0, 3).equals(List.of("v2", "repository", "models"))) {
            return change(path.get(3), path.get(4));
        }
        if (path.size() == 3 && path.subList(0, 2).equals(List.of("shadow", "models"))) {
            return new Route(Kind.SHADOW, name("model", path.get(2)), null);
        }
        if (path.size() >= 3 && path.subList(0, 2).equals(List.of("v2", "models"))) {
            return model(name("model", path.get(2)), path.subList(3, path.size()));
        }
        throw nothing();
    }

    private static Route change(String model, String verb) {
        return switch (verb) {
            case "load" -> new Route(Kind.LOAD, name("model", model), null);
            case "unload" -> new Route(Kind.UNLOAD, name("model", model), null);
            default -> throw nothing();
        };
    }

    private static Route model(String model, List<String> rest) {
        if (rest.size() >= 2 && rest.getFirst().equals("versions")) {
            return verb(model, name("version", rest.get(1)), rest.subList(2, rest.size()));
        }
        return verb(model, null, rest);
    }

    private static Route verb(String model, @Nullable String version, List<String> rest) {
        if (rest.isEmpty()) {
            return new Route(Kind.MODEL_METADATA, model, version);
        }
        if (rest.size() > 1) {
            throw nothing();
        }
        return switch (rest.getFirst()) {
            case "infer" -> new Route(Kind.INFER, model, version);
            case "ready" -> new Route(Kind.MODEL_READY, model, version);
            case "config" -> new Route(Kind.MODEL_CONFIG, model, version);
            case "stats" -> new Route(Kind.STATISTICS, model, version);
            default -> throw nothing();
        };
    }

    private static Route plain(Kind kind) {
        return new Route(kind, "", null);
    }

    private static String name(String what, String segment) {
        if (!ModelVersionNumber.isPlain(segment)) {
            throw InferenceException.invalid(Quote.of(segment) + " cannot be the name of a " + what
                    + ": it needs letters, digits and . _ - , at most 63, and begins with a letter or a digit");
        }
        return segment;
    }

    private static InferenceException nothing() {
        return new InferenceException(
                Reason.UNKNOWN,
                "there is nothing at this path: the paths of the Open Inference Protocol begin with /v2");
    }
}
