package io.benchtop.service.model.walk;

import io.benchtop.service.model.walk.OnnxMessage.Field;
import io.benchtop.service.model.walk.OnnxTensor.Wrong;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Walks through a model in ONNX from its first byte to its last, as protocol buffers are written, and refuses what must not reach ONNX
 * Runtime (S34, S35): data in other files, wherever it hides; operators that are not its own; sizes that are not true.
 *
 * <p>Nothing is made as large as a file says: values are skipped, names are read up to {@value #LONGEST_TEXT} bytes, and how deep, how
 * many and how large things may be is bounded. A file of 2 GB takes as much memory as one of 2 KB.
 */
public final class OnnxWalk {

    static final int LONGEST_TEXT = 1000;
    static final int DEEPEST = 100;
    static final int MOST_NODES = 200_000;

    private static final int MOST_PARTS = 20_000_000;
    private static final int MOST_OPERATORS = 1000;
    private static final long NEWEST_IR = 13;
    private static final long NEWEST_OPSET = 26;
    private static final String RUNTIME = "ONNX Runtime 1.29";

    /** Whose operators ONNX Runtime brings. */
    private static final Set<String> KNOWN = Set.of("", "ai.onnx", "ai.onnx.ml", "com.microsoft");

    /** Operators that it brings, and that read files or run Python. */
    private static final Set<String> DANGEROUS = Set.of("EPContext", "PythonOp", "PythonOpGrad", "ATen", "ExternalOp");

    private static final String AGAIN = " Export the model again.";

    private final FileBytes in;
    private final Set<String> used = new HashSet<>();
    private final Set<String> defined = new HashSet<>();
    private int parts;
    private int nodes;
    private int graphs;
    private long irVersion;
    private boolean hasOpset;

    private OnnxWalk(FileBytes in) {
        this.in = in;
    }

    /** @throws HostileFile if it is refused */
    public static void check(Path file) throws IOException, HostileFile {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            FileBytes in = new FileBytes(channel);
            new OnnxWalk(in).model();
        } catch (EOFException _) {
            throw new HostileFile("TRUNCATED", "the file ends in the middle of a field." + AGAIN);
        }
    }

    private void model() throws IOException, HostileFile {
        OnnxPart model = new OnnxPart(OnnxMessage.MODEL, null, "");
        message(model, in.size(), 0);
        if (irVersion == 0 || graphs == 0 || !hasOpset) {
            throw new HostileFile(
                    "NOT_ONNX",
                    "this is no model in ONNX: it has " + (graphs == 0 ? "no graph" : "no version of its format")
                            + ". Export the model with skl2onnx, onnxmltools or torch.onnx.export.");
        }
        used.removeAll(defined);
        if (!used.isEmpty()) {
            throw new HostileFile(
                    "UNKNOWN_OPERATOR",
                    "it uses the operator " + OnnxPart.readable(used.iterator().next())
                            + ", which is neither ONNX's nor a function of this model; operators of other libraries are not"
                            + " loaded here. Export the model with operators of ONNX alone.");
        }
    }

    private void message(OnnxPart part, long end, int depth) throws IOException, HostileFile {
        if (depth > DEEPEST) {
            throw refused(part, "TOO_DEEP", "things are nested deeper than " + DEEPEST + ". Flatten the model.");
        }
        OnnxTensor tensor = part.type() == OnnxMessage.TENSOR ? new OnnxTensor() : null;
        while (in.position() < end) {
            if (++parts > MOST_PARTS) {
                throw refused(
                        part,
                        "TOO_MANY_PARTS",
                        "the file has more than " + MOST_PARTS + " parts. Keep large data in raw_data.");
            }
            long tag = number(part, end);
            int wire = (int) (tag & 7);
            if (tag >>> 3 == 0 || tag >>> 32 != 0) {
                throw refused(part, "NOT_PROTOBUF", "a field has no number." + AGAIN);
            }
            Field field = part.type().field((int) (tag >>> 3));
            if (field == null) {
                skip(part, wire, end);
            } else if (!field.kind().fits(wire)) {
                throw refused(part, "WRONG_TYPE", "the field " + field.name() + " is written as another type." + AGAIN);
            } else {
                field(part, tensor, field, wire, end, depth);
            }
        }
        end(part, tensor);
    }

    private void field(OnnxPart part, @Nullable OnnxTensor tensor, Field field, int wire, long end, int depth)
            throws IOException, HostileFile {
        switch (field.kind()) {
            case NUMBER -> number(part, tensor, field, number(part, end));
            case NUMBERS -> numbers(part, tensor, field, wire, end);
            case FIXED32, FIXED32S, FIXED64S, BYTES -> {
                long length = skip(part, wire, end);
                if (tensor != null) {
                    tensor.bytes(field, length);
                }
            }
            case TEXT -> text(part, field, end);
            case MESSAGE -> {
                long length = length(part, end);
                refuseInside(part, field);
                OnnxPart child = part.child(field);
                message(child, in.position() + length, depth + 1);
            }
        }
    }

    /** What must not be there, whatever is in it. */
    private void refuseInside(OnnxPart part, Field field) throws HostileFile {
        switch (field.name()) {
            case "external_data" -> throw external(part);
            case "segment" -> throw refused(part, "SEGMENT", "a tensor is in segments, which nobody reads." + AGAIN);
            case "training_info" ->
                throw refused(
                        part, "TRAINING", "it holds how to train it, which is not served. Export it for inference.");
            case "node" -> {
                if (++nodes > MOST_NODES) {
                    throw refused(part, "TOO_MANY_NODES", "it has more than " + MOST_NODES + " nodes. Simplify it.");
                }
            }
            case "graph" -> {
                if (++graphs > 1) {
                    throw refused(part, "NOT_ONNX", "it has more than one graph." + AGAIN);
                }
            }
            default -> {}
        }
    }

    private static HostileFile external(OnnxPart part) {
        return refused(
                part,
                "EXTERNAL_DATA",
                "its data is in another file, which is not loaded here. Keep all data in the model: onnx.save(model, path,"
                        + " save_as_external_data=False), or in MLflow save_as_external_data=False.");
    }

    private void number(OnnxPart part, @Nullable OnnxTensor tensor, Field field, long value) throws HostileFile {
        switch (part.type()) {
            case MODEL -> {
                if (field.name().equals("ir_version")) {
                    irVersion(part, value);
                }
            }
            case OPSET -> opset(part, value);
            case DIMENSION -> {
                if (value < -1 || value > Integer.MAX_VALUE) {
                    throw refused(part, "WRONG_SHAPE", "a dimension is " + value + "." + AGAIN);
                }
            }
            case TENSOR -> {
                if (field.name().equals("data_location") && value != 0) {
                    throw external(part);
                }
                if (tensor != null && field.name().equals("data_type")) {
                    tensor.type(value);
                }
            }
            default -> {}
        }
    }

    private void irVersion(OnnxPart part, long value) throws HostileFile {
        if (value < 1 || value > NEWEST_IR) {
            throw refused(
                    part,
                    "IR_VERSION",
                    "its format has the version " + value + "; " + RUNTIME + " reads 1 to " + NEWEST_IR
                            + ". Set model.ir_version to " + NEWEST_IR + " or less before you save it.");
        }
        irVersion = value;
    }

    private void opset(OnnxPart part, long value) throws HostileFile {
        hasOpset = true;
        boolean own = part.domain().isEmpty() || part.domain().equals("ai.onnx");
        if (value < 1 || (own && value > NEWEST_OPSET)) {
            throw refused(
                    part,
                    "OPSET",
                    "it uses the operators of opset " + value + "; " + RUNTIME + " knows 1 to " + NEWEST_OPSET
                            + ". Export it with target_opset (or opset_version) " + NEWEST_OPSET + " or less.");
        }
    }

    private void numbers(OnnxPart part, @Nullable OnnxTensor tensor, Field field, int wire, long end)
            throws IOException, HostileFile {
        boolean dims = field.name().equals("dims");
        if (wire == 2 && !dims) {
            long length = skip(part, wire, end);
            if (tensor != null) {
                tensor.bytes(field, length);
            }
            return;
        }
        long last = wire == 2 ? length(part, end) + in.position() : end;
        do {
            if (wire == 2 && in.position() >= last) {
                return;
            }
            long value = number(part, last);
            if (dims) {
                dimension(part, tensor, value);
            } else if (tensor != null) {
                tensor.bytes(field, 1);
            }
            if (++parts > MOST_PARTS) {
                throw refused(part, "TOO_MANY_PARTS", "it has too many dimensions." + AGAIN);
            }
        } while (wire == 2);
    }

    private static void dimension(OnnxPart part, @Nullable OnnxTensor tensor, long value) throws HostileFile {
        try {
            (tensor == null ? new OnnxTensor() : tensor).dimension(value);
        } catch (Wrong e) {
            throw refused(part, "WRONG_SHAPE", e.getMessage() + "." + AGAIN);
        }
    }

    private void text(OnnxPart part, Field field, long end) throws IOException, HostileFile {
        long length = length(part, end);
        if (length > LONGEST_TEXT) {
            throw refused(
                    part,
                    "TOO_LONG",
                    "the field " + field.name() + " has " + length + " bytes, more than " + LONGEST_TEXT
                            + ". Give it a shorter text.");
        }
        part.text(field, in.text((int) length));
    }

    private void end(OnnxPart part, @Nullable OnnxTensor tensor) throws HostileFile {
        switch (part.type()) {
            case TENSOR -> {
                try {
                    if (tensor != null) {
                        tensor.end();
                    }
                } catch (Wrong e) {
                    throw refused(part, "WRONG_TENSOR", e.getMessage() + "." + AGAIN);
                }
            }
            case NODE -> node(part);
            case FUNCTION -> remember(part, defined, part.name());
            case ENTRY -> {
                if (part.name().equals("ort_config")) {
                    throw refused(
                            part,
                            "SETTINGS",
                            "it holds settings for ONNX Runtime (ort_config), which are Benchtop's to make. Remove that"
                                    + " entry of metadata_props.");
                }
            }
            default -> {}
        }
    }

    private void node(OnnxPart part) throws HostileFile {
        if (DANGEROUS.contains(part.operator())) {
            throw refused(
                    part,
                    "DANGEROUS_OPERATOR",
                    "the operator " + part.operator() + " reaches out of the model. Export it without.");
        }
        if (part.operator().isEmpty()) {
            throw refused(part, "NOT_ONNX", "a node has no operator." + AGAIN);
        }
        if (!KNOWN.contains(part.domain())) {
            remember(part, used, part.operator());
        }
    }

    private static void remember(OnnxPart part, Set<String> names, String name) throws HostileFile {
        names.add(part.domain() + "::" + name);
        if (names.size() > MOST_OPERATORS) {
            throw refused(
                    part,
                    "TOO_MANY_OPERATORS",
                    "it has more than " + MOST_OPERATORS + " operators that are not ONNX's. Export it with fewer.");
        }
    }

    /** What a field says that its length is; never past the end of what it is in. */
    private long length(OnnxPart part, long end) throws IOException, HostileFile {
        long length = number(part, end);
        if (length < 0 || length > end - in.position()) {
            throw refused(
                    part,
                    "TRUNCATED",
                    "a field says that it has " + Long.toUnsignedString(length) + " bytes, and " + (end - in.position())
                            + " are left." + AGAIN);
        }
        return length;
    }

    /** How many bytes there were. */
    private long skip(OnnxPart part, int wire, long end) throws IOException, HostileFile {
        long length = switch (wire) {
            case 0 -> {
                number(part, end);
                yield 0;
            }
            case 1 -> 8;
            case 2 -> length(part, end);
            case 5 -> 4;
            default -> throw refused(part, "NOT_PROTOBUF", "a field has the type " + wire + ", which is none." + AGAIN);
        };
        if (length > end - in.position()) {
            throw refused(part, "TRUNCATED", "it ends in the middle of a field." + AGAIN);
        }
        in.position(in.position() + length);
        return length;
    }

    private long number(OnnxPart part, long end) throws IOException, HostileFile {
        long value = 0;
        for (int shift = 0; shift < 70; shift += 7) {
            if (in.position() >= end) {
                throw refused(part, "TRUNCATED", "it ends in the middle of a number." + AGAIN);
            }
            int next = in.next();
            value |= (long) (next & 0x7f) << shift;
            if (next < 0x80) {
                return value;
            }
        }
        throw refused(part, "NOT_PROTOBUF", "a number has more than 10 bytes." + AGAIN);
    }

    private static HostileFile refused(OnnxPart part, String code, String what) {
        return new HostileFile(code, "in " + part.where() + ": " + what);
    }
}
