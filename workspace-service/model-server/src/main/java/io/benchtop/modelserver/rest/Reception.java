package io.benchtop.modelserver.rest;

import io.benchtop.modelserver.codec.AnswerWriter;
import io.benchtop.modelserver.codec.JsonTree;
import io.benchtop.modelserver.codec.MessageReader;
import io.benchtop.modelserver.engine.InferenceEngine;
import io.benchtop.modelserver.engine.ServedVersion;
import io.benchtop.modelserver.engine.Serving;
import io.benchtop.modelserver.engine.ServingKey;
import io.benchtop.modelserver.protocol.InferenceAnswer;
import io.benchtop.modelserver.protocol.InferenceException;
import io.benchtop.modelserver.protocol.InferenceException.Reason;
import io.benchtop.modelserver.protocol.InferenceRequest;
import io.benchtop.modelserver.protocol.Quote;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Answers whole requests. Each gets exactly one reply, now or later, on whatever thread. */
final class Reception {

    private static final String JSON_LENGTH = "Inference-Header-Content-Length";

    private final Serving serving;
    private final ShadowReception shadow;
    private final Executor control;

    /** {@code control} runs what may take long: loading and unloading. */
    Reception(Serving serving, Executor control) {
        this.serving = serving;
        this.shadow = new ShadowReception(serving);
        this.control = control;
    }

    /**
     * {@code answering} runs what turns an answer into bytes, so that this does not keep a worker from its next run. The body
     * stays the caller's.
     */
    void answer(HttpRequest head, ByteBuf body, Executor answering, Consumer<Reply> reply) {
        try {
            if (!serving.key().admits(head.headers().get(ServingKey.HEADER))) {
                throw new InferenceException(
                        Reason.UNAUTHENTICATED, "this server needs a right header " + ServingKey.HEADER);
            }
            requireReadable(head.headers());
            Route route = Route.of(head.method(), head.uri());
            switch (route.kind()) {
                case INFER -> infer(route, head.headers(), body, answering, reply);
                case LOAD, UNLOAD -> change(route, body, reply);
                case SHADOW -> reply.accept(shadow.take(route.model(), head.headers(), body));
                default -> reply.accept(describe(route, body));
            }
        } catch (InferenceException e) {
            reply.accept(Reply.error(e));
        }
    }

    /** What was compressed in a way we know is plain by now. */
    private static void requireReadable(HttpHeaders headers) {
        String encoding = headers.get(HttpHeaderNames.CONTENT_ENCODING);
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            throw InferenceException.invalid(
                    "Content-Encoding " + Quote.of(encoding) + " is not known: it may be gzip or deflate");
        }
    }

    private Reply describe(Route route, ByteBuf body) {
        return switch (route.kind()) {
            case LIVE ->
                Reply.json(
                        200, json -> json.beginObject().name("live").bool(true).endObject());
            case READY -> ready();
            case SERVER_METADATA -> Reply.json(200, Descriptions::server);
            case MODEL_READY -> modelReady(version(route));
            case MODEL_METADATA -> {
                ServedVersion served = version(route);
                List<String> versions =
                        route.version() == null ? serving.models().versions(route.model()) : List.of(served.version());
                yield Reply.json(200, json -> Descriptions.model(json, served, versions));
            }
            case MODEL_CONFIG -> {
                ServedVersion served = version(route);
                yield Reply.json(200, json -> Descriptions.config(json, served));
            }
            case STATISTICS -> {
                List<ServedVersion> versions = statisticsOf(route);
                yield Reply.json(200, json -> Descriptions.statistics(json, versions));
            }
            case INDEX -> {
                boolean onlyReady = Boolean.TRUE.equals(members(body).get("ready"));
                yield Reply.json(200, json -> Descriptions.index(json, serving.models(), onlyReady));
            }
            case INFER, LOAD, UNLOAD, SHADOW -> throw new IllegalArgumentException("no description: " + route);
        };
    }

    private Reply ready() {
        boolean ready = serving.state().isReady();
        return Reply.json(
                ready ? 200 : 503,
                json -> json.beginObject().name("ready").bool(ready).endObject());
    }

    private Reply modelReady(ServedVersion served) {
        boolean ready = !serving.state().isEnding();
        return Reply.json(
                ready ? 200 : 503,
                json -> json.beginObject()
                        .name("name")
                        .text(served.name())
                        .name("ready")
                        .bool(ready)
                        .endObject());
    }

    private List<ServedVersion> statisticsOf(Route route) {
        if (route.model().isEmpty()) {
            return serving.models().all();
        }
        ServedVersion found = version(route);
        return route.version() != null
                ? List.of(found)
                : serving.models().all().stream()
                        .filter(served -> served.name().equals(route.model()))
                        .toList();
    }

    private ServedVersion version(Route route) {
        return serving.engine().version(route.model(), route.version());
    }

    private static Map<String, @Nullable Object> members(ByteBuf body) {
        if (!body.isReadable()) {
            return Map.of();
        }
        try {
            return JsonTree.object(ByteBufUtil.getBytes(body));
        } catch (IOException e) {
            throw InferenceException.invalid("the body is not a JSON object: " + e.getMessage());
        }
    }

    private void change(Route route, ByteBuf body, Consumer<Reply> reply) {
        serving.requireControl();
        boolean load = route.kind() == Route.Kind.LOAD;
        if (load
                && members(body).get("parameters") instanceof Map<?, ?> parameters
                && parameters.keySet().stream()
                        .anyMatch(key -> key.equals("config") || key.toString().startsWith("file:"))) {
            throw InferenceException.invalid(
                    "a model is loaded from its folder as it is: neither config nor files can come with the request");
        }
        control.execute(() -> {
            try {
                if (load) {
                    serving.repository().load(route.model());
                } else {
                    serving.repository().unload(route.model());
                }
                reply.accept(Reply.done(200));
            } catch (InferenceException e) {
                reply.accept(Reply.error(e));
            } catch (RuntimeException e) {
                reply.accept(Reply.error(InferenceException.failed("this could not be done: " + e)));
            }
        });
    }

    private void infer(Route route, HttpHeaders headers, ByteBuf body, Executor answering, Consumer<Reply> reply) {
        // Who asks for a model that is not there should hear that, not what is wrong with the body.
        String version = version(route).version();
        InferenceRequest request;
        try {
            request = MessageReader.request(body, jsonLength(headers, JSON_LENGTH));
        } catch (InferenceException e) {
            reply.accept(Reply.error(e).of(version));
            return;
        }
        serving.engine()
                .infer(
                        route.model(),
                        route.version(),
                        request,
                        request.timeout(),
                        new Answering(request, version, answering, reply));
    }

    /** The value of a header that says how much of a body is JSON; -1 without it. */
    static int jsonLength(HttpHeaders headers, String name) {
        String value = headers.get(name);
        if (value == null) {
            return -1;
        }
        try {
            int length = Integer.parseInt(value.strip());
            if (length >= 0) {
                return length;
            }
        } catch (NumberFormatException e) {
            // Told below.
        }
        throw InferenceException.invalid(name + " must be a number of bytes, not " + Quote.of(value));
    }

    private record Answering(InferenceRequest request, String version, Executor answering, Consumer<Reply> reply)
            implements InferenceEngine.Listener {

        @Override
        public void answered(InferenceAnswer answer) {
            answering.execute(() -> {
                try (request;
                        answer) {
                    AnswerWriter.Encoded encoded = AnswerWriter.write(request, answer);
                    reply.accept(new Reply(200, encoded.body(), encoded.jsonLength(), answer.version()));
                } catch (InferenceException e) {
                    reply.accept(Reply.error(e).of(answer.version()));
                } catch (RuntimeException e) {
                    reply.accept(Reply.error(InferenceException.failed("the answer could not be written: " + e)));
                }
            });
        }

        @Override
        public void refused(InferenceException why) {
            request.close();
            reply.accept(Reply.error(why).of(version));
        }
    }
}
