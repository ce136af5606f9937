package io.benchtop.modelserver.payload;

import io.benchtop.modelserver.codec.AnswerWriter;
import io.benchtop.modelserver.codec.JsonWriter;
import io.benchtop.modelserver.engine.InferenceEngine;
import io.benchtop.modelserver.protocol.InferenceAnswer;
import io.benchtop.modelserver.protocol.InferenceRequest;
import io.benchtop.modelserver.protocol.Tensor;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a share of the requests with their answers as lines of JSON. The file has a bound: a full one becomes {@code
 * FILE.1}, in place of the one before. Large tensors are named without their data, and what the writer cannot keep up
 * with is dropped: a record never holds up an answer.
 */
public final class PayloadLog implements InferenceEngine.Observer, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PayloadLog.class);
    private static final int WAITING_LINES = 1024;
    private static final int MOST_ELEMENTS = 4096;

    private final Path file;
    private final double share;
    private final long mostBytes;
    private final InstantSource clock;
    private final BlockingQueue<byte[]> lines = new ArrayBlockingQueue<>(WAITING_LINES);
    private final Thread writer;

    public PayloadLog(Path file, double share, long mostBytes, InstantSource clock) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("the sampled share must be from 0 to 1, not " + share);
        }
        this.file = file;
        this.share = share;
        this.mostBytes = mostBytes;
        this.clock = clock;
        this.writer = Thread.ofPlatform().daemon().name("payload-log").start(this::write);
    }

    @Override
    public void answered(InferenceRequest request, InferenceAnswer answer) {
        if (ThreadLocalRandom.current().nextDouble() < share && lines.remainingCapacity() > 0) {
            var _ = lines.offer(line(request, answer));
        }
    }

    private byte[] line(InferenceRequest request, InferenceAnswer answer) {
        ByteBuf text = Unpooled.buffer();
        JsonWriter json = new JsonWriter(text).beginObject();
        json.name("time").text(clock.instant().toString());
        json.name("model").text(answer.model());
        json.name("version").text(answer.version());
        if (answer.id() != null) {
            json.name("id").text(answer.id());
        }
        json.name("inputs");
        tensors(json, request.inputs());
        json.name("outputs");
        tensors(json, answer.outputs());
        json.endObject();
        text.writeByte('\n');
        byte[] bytes = new byte[text.readableBytes()];
        text.readBytes(bytes);
        return bytes;
    }

    private static void tensors(JsonWriter json, List<Tensor> tensors) {
        json.beginArray();
        for (Tensor tensor : tensors) {
            json.beginObject().name("name").text(tensor.name());
            json.name("datatype").text(tensor.datatype().name());
            json.name("shape").beginArray();
            for (long dimension : tensor.shape().dimensions()) {
                json.number(dimension);
            }
            json.endArray();
            if (!tensor.datatype().isRawOnly() && tensor.elements() <= MOST_ELEMENTS) {
                json.name("data").beginArray();
                AnswerWriter.elements(json, tensor);
                json.endArray();
            }
            json.endObject();
        }
        json.endArray();
    }

    private void write() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                append(lines.take());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void append(byte[] line) {
        try {
            if (Files.exists(file) && Files.size(file) + line.length > mostBytes) {
                Files.move(file, file.resolveSibling(file.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
            }
            try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
                out.write(line);
            }
        } catch (IOException e) {
            LOG.warn("the payload log cannot be written file={}", file, e);
        }
    }

    @Override
    public void close() {
        writer.interrupt();
    }
}
