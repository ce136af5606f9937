package io.benchtop.modelserver.rest;

import io.benchtop.modelserver.codec.MessageReader;
import io.benchtop.modelserver.engine.Comparison;
import io.benchtop.modelserver.engine.InferenceEngine;
import io.benchtop.modelserver.engine.ServedVersion;
import io.benchtop.modelserver.engine.Serving;
import io.benchtop.modelserver.protocol.InferenceAnswer;
import io.benchtop.modelserver.protocol.InferenceException;
import io.benchtop.modelserver.protocol.InferenceException.Reason;
import io.benchtop.modelserver.protocol.InferenceRequest;
import io.benchtop.modelserver.protocol.Tensor;
import io.benchtop.modelserver.store.Sample.Tolerance;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Runs a request that another version answered, and compares: two lengths of eight bytes, the request's body, and the
 * answer's. Its sender does not wait for the outcome, which is in the statistics.
 */
final class ShadowReception {

    private static final int LENGTHS = 2 * Long.BYTES;

    private final Serving serving;

    ShadowReception(Serving serving) {
        this.serving = serving;
    }

    Reply take(String model, HttpHeaders headers, ByteBuf body) {
        ServedVersion served = serving.engine().version(model, null);
        int start = body.readerIndex();
        if (body.readableBytes() < LENGTHS) {
            throw InferenceException.invalid("the body must begin with two lengths of eight bytes");
        }
        long first = body.getLong(start);
        long second = body.getLong(start + Long.BYTES);
        long left = body.readableBytes() - (long) LENGTHS;
        if (first < 0 || second < 0 || first > left || second != left - first) {
            throw InferenceException.invalid(
                    "the lengths " + first + " and " + second + " do not fit the " + left + " bytes that follow them");
        }
        ByteBuf answer = body.slice(start + LENGTHS + (int) first, (int) second);
        List<Tensor> expected =
                MessageReader.answer(answer, Reception.jsonLength(headers, "X-Shadow-Response-Header-Length"));
        InferenceRequest request;
        try {
            request = MessageReader.request(
                    body.slice(start + LENGTHS, (int) first),
                    Reception.jsonLength(headers, "X-Shadow-Request-Header-Length"));
        } catch (InferenceException e) {
            Tensor.closeAll(expected);
            throw e;
        }
        InferenceRequest quiet = new InferenceRequest(null, Map.of(), request.inputs(), request.outputs());
        serving.engine().infer(model, null, quiet, Optional.empty(), new Comparing(served, quiet, expected));
        return Reply.done(202).of(served.version());
    }

    private record Comparing(ServedVersion served, InferenceRequest request, List<Tensor> expected)
            implements InferenceEngine.Listener {

        @Override
        public void answered(InferenceAnswer answer) {
            try (request;
                    answer) {
                served.statistics().shadow().add(Comparison.of(expected, answer.outputs(), Tolerance.DEFAULT));
            } finally {
                Tensor.closeAll(expected);
            }
        }

        @Override
        public void refused(InferenceException why) {
            // To have no time for a shadow says nothing about the model.
            if (why.reason() != Reason.OVERLOADED) {
                served.statistics().shadow().add(null);
            }
            request.close();
            Tensor.closeAll(expected);
        }
    }
}
