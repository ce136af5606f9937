package io.benchtop.modelserver.store;

import io.benchtop.modelserver.codec.JsonTree;
import io.benchtop.modelserver.codec.MessageReader;
import io.benchtop.modelserver.protocol.DataType;
import io.benchtop.modelserver.protocol.InferenceException;
import io.benchtop.modelserver.protocol.InferenceRequest;
import io.benchtop.modelserver.protocol.Shape;
import io.benchtop.modelserver.protocol.Signature;
import io.benchtop.modelserver.protocol.TensorSpec;
import io.benchtop.modelserver.store.ModelException.Code;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A version's folder: exactly one servable file, and beside it {@code manifest.json}, {@code signature.json} and {@code
 * sample.json}, all optional here. Only plain files of it are opened, and only by these names.
 */
public record VersionFolder(Path path, String version, Format format) {

    private static final String FIRST = "1";

    /** What can be served, by its file. */
    public enum Format {
        ONNX("model.onnx"),
        TORCHSCRIPT("model.pt");

        private final String file;

        Format(String file) {
            this.file = file;
        }
    }

    /** {@code fallback} is its version where no manifest names one. */
    public static VersionFolder open(Path path, String fallback) throws ModelException {
        for (Format format : Format.values()) {
            if (Files.isRegularFile(path.resolve(format.file), LinkOption.NOFOLLOW_LINKS)) {
                return new VersionFolder(path, version(path, fallback), format);
            }
        }
        throw new ModelException(
                Code.LOAD_FAILED, "there is neither model.onnx nor model.pt in " + path + ": publish one of them");
    }

    public static VersionFolder open(Path path) throws ModelException {
        return open(path, FIRST);
    }

    private static String version(Path path, String fallback) throws ModelException {
        byte[] manifest = read(path.resolve("manifest.json"));
        if (manifest == null) {
            return fallback;
        }
        try {
            Object version = JsonTree.object(manifest).get("version");
            return version instanceof String text && ModelVersionNumber.isPlain(text) ? text : fallback;
        } catch (IOException e) {
            throw new ModelException(Code.LOAD_FAILED, "manifest.json cannot be read: " + e.getMessage(), e);
        }
    }

    public Path model() {
        return path.resolve(format.file);
    }

    /** What {@code signature.json} says, if it is there. */
    public Optional<Signature> signature() throws ModelException {
        byte[] text = read(path.resolve("signature.json"));
        if (text == null) {
            return Optional.empty();
        }
        try {
            Map<String, @Nullable Object> members = JsonTree.object(text);
            return Optional.of(new Signature(specs(members, "inputs"), specs(members, "outputs")));
        } catch (IOException | IllegalArgumentException | InferenceException e) {
            throw new ModelException(Code.SIGNATURE_DIFFERS, "signature.json cannot be read: " + e.getMessage(), e);
        }
    }

    private static List<TensorSpec> specs(Map<String, @Nullable Object> members, String key) throws IOException {
        List<TensorSpec> specs = new ArrayList<>();
        if (!(members.get(key) instanceof List<?> list)) {
            throw new IOException("it has no " + key);
        }
        for (Object member : list) {
            if (!(member instanceof Map<?, ?> spec)
                    || !(spec.get("name") instanceof String name)
                    || !(spec.get("datatype") instanceof String datatype)
                    || !(spec.get("shape") instanceof List<?> shape)) {
                throw new IOException("each of its " + key + " needs name, datatype and shape");
            }
            specs.add(new TensorSpec(name, DataType.of(datatype), new Shape(dimensions(shape))));
        }
        return specs;
    }

    private static long[] dimensions(List<?> shape) throws IOException {
        long[] dimensions = new long[shape.size()];
        for (int i = 0; i < dimensions.length; i++) {
            if (!(shape.get(i) instanceof Long size) || size < -1) {
                throw new IOException("a shape has whole numbers, or -1 for any size");
            }
            dimensions[i] = size;
        }
        return dimensions;
    }

    /** What {@code sample.json} says, if it is there. The caller closes it. */
    public Optional<Sample> sample() throws ModelException {
        byte[] text = read(path.resolve("sample.json"));
        if (text == null) {
            return Optional.empty();
        }
        ByteBuf body = Unpooled.wrappedBuffer(text);
        try {
            Sample.Tolerance tolerance = tolerance(text);
            InferenceRequest request = MessageReader.request(body, -1);
            try {
                return Optional.of(new Sample(
                        new InferenceRequest(null, Map.of(), request.inputs(), List.of()),
                        MessageReader.answer(body, -1),
                        tolerance));
            } catch (InferenceException e) {
                request.close();
                throw e;
            }
        } catch (IOException | IllegalArgumentException | InferenceException e) {
            throw new ModelException(
                    Code.SAMPLE_INVALID,
                    "sample.json is not an inference request with its expected outputs: " + e.getMessage(),
                    e);
        }
    }

    private static Sample.Tolerance tolerance(byte[] text) throws IOException {
        if (!(JsonTree.object(text).get("tolerance") instanceof Map<?, ?> tolerance)) {
            return Sample.Tolerance.DEFAULT;
        }
        return new Sample.Tolerance(
                tolerance.get("absolute") instanceof Number number
                        ? number.doubleValue()
                        : Sample.Tolerance.DEFAULT.absolute(),
                tolerance.get("relative") instanceof Number number
                        ? number.doubleValue()
                        : Sample.Tolerance.DEFAULT.relative());
    }

    private static byte @Nullable [] read(Path file) throws ModelException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return null;
        }
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new ModelException(Code.LOAD_FAILED, file.getFileName() + " cannot be read: " + e.getMessage(), e);
        }
    }
}
