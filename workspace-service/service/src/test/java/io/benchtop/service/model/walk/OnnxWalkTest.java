package io.benchtop.service.model.walk;

import static io.benchtop.service.model.walk.OnnxFiles.attribute;
import static io.benchtop.service.model.walk.OnnxFiles.external;
import static io.benchtop.service.model.walk.OnnxFiles.graph;
import static io.benchtop.service.model.walk.OnnxFiles.model;
import static io.benchtop.service.model.walk.OnnxFiles.node;
import static io.benchtop.service.model.walk.OnnxFiles.tensor;
import static io.benchtop.service.model.walk.ProtoWriter.proto;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class OnnxWalkTest {

    @TempDir
    private Path folder;

    private Path file(byte[] content) throws IOException {
        return Files.write(folder.resolve("model.onnx"), content);
    }

    static Stream<Arguments> externalData() {
        return Stream.of(
                Arguments.of("../../etc/passwd", model(graph(external("../../etc/passwd")))),
                Arguments.of("/etc/passwd", model(graph(external("/etc/passwd")))),
                Arguments.of("a/../../x", model(graph(external("a/../../x")))),
                Arguments.of("beside it", model(graph(external("weights.bin")))),
                Arguments.of("an empty place", model(graph(external("")))),
                Arguments.of("a NUL", model(graph(external("a\0b")))),
                Arguments.of(
                        "an offset of -1",
                        model(graph(external("x")
                                .message(13, proto().text(1, "offset").text(2, "-1"))))),
                Arguments.of(
                        "only said to be elsewhere",
                        model(graph(tensor("W", 4, 16).number(14, 1)))),
                Arguments.of(
                        "only described", model(graph(tensor("W", 4, 16).message(13, proto().text(1, "location"))))),
                Arguments.of(
                        "a Constant",
                        model(graph(tensor("W", 4, 16))
                                .message(1, node("Constant", "").message(5, attribute("value", 5, external("x")))))),
                Arguments.of(
                        "tensors of an attribute",
                        model(graph(tensor("W", 4, 16))
                                .message(1, node("Constant", "").message(5, attribute("values", 10, external("x")))))),
                Arguments.of(
                        "a graph inside a graph inside a graph",
                        model(graph(tensor("W", 4, 16))
                                .message(
                                        1,
                                        nested(nested(node("Relu", "")
                                                .message(5, attribute("body", 6, graph(external("x"))))))))),
                Arguments.of(
                        "graphs of an attribute",
                        model(graph(tensor("W", 4, 16))
                                .message(1, node("If", "").message(5, attribute("bodies", 11, graph(external("x"))))))),
                Arguments.of(
                        "a sparse initializer",
                        model(graph(tensor("W", 4, 16)).message(15, proto().message(1, external("x"))))),
                Arguments.of(
                        "the indices of a sparse attribute",
                        model(graph(tensor("W", 4, 16))
                                .message(
                                        1,
                                        node("Constant", "")
                                                .message(
                                                        5,
                                                        attribute(
                                                                "sparse_value",
                                                                22,
                                                                proto().message(2, external("x"))))))),
                Arguments.of(
                        "a function",
                        model(graph(tensor("W", 4, 16)))
                                .message(
                                        25,
                                        proto().text(1, "F")
                                                .message(
                                                        7,
                                                        node("Constant", "")
                                                                .message(5, attribute("value", 5, external("x")))))),
                Arguments.of(
                        "a default of a function's attribute",
                        model(graph(tensor("W", 4, 16)))
                                .message(25, proto().text(1, "F").message(11, attribute("a", 5, external("x"))))));
    }

    private static ProtoWriter nested(ProtoWriter node) {
        return node("If", "").message(5, attribute("then_branch", 6, proto().message(1, node)));
    }

    @ParameterizedTest
    @MethodSource("externalData")
    @Timeout(5)
    void s34DataInAnotherFileIsRefusedWhereverItHides(String where, ProtoWriter model) throws IOException {
        // Given
        Path file = file(model.toBytes());

        // Then
        assertThatThrownBy(() -> OnnxWalk.check(file))
                .as(where)
                .isInstanceOfSatisfying(
                        HostileFile.class, e -> assertThat(e.code()).isEqualTo("EXTERNAL_DATA"))
                .hasMessageContaining("another file")
                .hasMessageContaining("save_as_external_data=False");
    }

    static Stream<Arguments> others() {
        byte[] good = OnnxFiles.good();
        return Stream.of(
                Arguments.of("nothing", "NOT_ONNX", new byte[0]),
                Arguments.of(
                        "text",
                        "NOT_PROTOBUF",
                        "garbage, no model at all".getBytes(java.nio.charset.StandardCharsets.UTF_8)),
                Arguments.of(
                        "a pickle", "NOT_PROTOBUF", new byte[] {(byte) 0x80, 4, (byte) 0x95, 0, 0, 0, 0, 0, 0, 0, 0}),
                Arguments.of("cut off", "TRUNCATED", Arrays.copyOf(good, good.length - 9)),
                Arguments.of(
                        "a length past the end",
                        "TRUNCATED",
                        proto().number(1, 10).tag(7, 2).varint(1L << 40).toBytes()),
                Arguments.of(
                        "a length of 2^63",
                        "TRUNCATED",
                        proto().number(1, 10).tag(7, 2).varint(1L << 63).toBytes()),
                Arguments.of(
                        "an endless number",
                        "NOT_PROTOBUF",
                        proto().tag(1, 0).raw(endless()).toBytes()),
                Arguments.of(
                        "a group",
                        "NOT_PROTOBUF",
                        proto().number(1, 10).tag(99, 3).toBytes()),
                Arguments.of(
                        "a graph that is a number",
                        "WRONG_TYPE",
                        proto().number(1, 10).number(7, 3).toBytes()),
                Arguments.of(
                        "dimensions that are text",
                        "TRUNCATED",
                        model(graph(proto().text(1, "\u00ff\u00ff").number(2, 1)))
                                .toBytes()),
                Arguments.of(
                        "a dimension of -1",
                        "WRONG_SHAPE",
                        model(graph(tensor("W", -1, 16))).toBytes()),
                Arguments.of(
                        "a dimension of 2^40",
                        "WRONG_SHAPE",
                        model(graph(tensor("W", 1L << 40, 16))).toBytes()),
                Arguments.of(
                        "dimensions that overflow",
                        "WRONG_SHAPE",
                        model(graph(tensor("W", 1 << 30, 0).number(1, 1 << 30).number(1, 1 << 30)))
                                .toBytes()),
                Arguments.of(
                        "a billion values and none there",
                        "WRONG_TENSOR",
                        model(graph(tensor("W", 1 << 30, 0))).toBytes()),
                Arguments.of(
                        "values of another size",
                        "WRONG_TENSOR",
                        model(graph(tensor("W", 4, 15))).toBytes()),
                Arguments.of(
                        "values of no type",
                        "WRONG_TENSOR",
                        model(graph(proto().number(1, 1).number(2, 99).bytes(9, new byte[4])))
                                .toBytes()),
                Arguments.of(
                        "an operator of a library",
                        "UNKNOWN_OPERATOR",
                        model(graph(tensor("W", 4, 16)).message(1, node("Evil", "com.evil")))
                                .toBytes()),
                Arguments.of(
                        "an operator that opens a file",
                        "DANGEROUS_OPERATOR",
                        model(graph(tensor("W", 4, 16)).message(1, node("EPContext", "com.microsoft")))
                                .toBytes()),
                Arguments.of(
                        "an operator that runs Python",
                        "DANGEROUS_OPERATOR",
                        model(graph(tensor("W", 4, 16)).message(1, node("PythonOp", "com.microsoft")))
                                .toBytes()),
                Arguments.of(
                        "settings of the runtime",
                        "SETTINGS",
                        model(graph(tensor("W", 4, 16)))
                                .message(14, proto().text(1, "ort_config").text(2, "{}"))
                                .toBytes()),
                Arguments.of(
                        "a newer format",
                        "IR_VERSION",
                        proto().number(1, 14)
                                .message(7, graph(tensor("W", 4, 16)))
                                .toBytes()),
                Arguments.of(
                        "newer operators",
                        "OPSET",
                        proto().number(1, 10)
                                .message(8, proto().number(2, 27))
                                .message(7, graph(tensor("W", 4, 16)))
                                .toBytes()),
                Arguments.of(
                        "a second graph",
                        "NOT_ONNX",
                        model(graph(tensor("W", 4, 16)))
                                .message(7, graph(tensor("W", 4, 16)))
                                .toBytes()),
                Arguments.of(
                        "a shape of -5",
                        "WRONG_SHAPE",
                        model(graph(tensor("W", 4, 16)).message(13, shaped(-5))).toBytes()),
                Arguments.of(
                        "a shape of 2^40",
                        "WRONG_SHAPE",
                        model(graph(tensor("W", 4, 16)).message(13, shaped(1L << 40)))
                                .toBytes()),
                Arguments.of(
                        "training",
                        "TRAINING",
                        model(graph(tensor("W", 4, 16))).message(20, proto()).toBytes()),
                Arguments.of(
                        "segments",
                        "SEGMENT",
                        model(graph(tensor("W", 4, 16).message(3, proto()))).toBytes()),
                Arguments.of(
                        "a nest of 300",
                        "TOO_DEEP",
                        model(graph(tensor("W", 4, 16)).message(1, nest(300))).toBytes()),
                Arguments.of(
                        "a name of a megabyte",
                        "TOO_LONG",
                        model(graph(tensor("W", 4, 16)).text(2, "n".repeat(1 << 20)))
                                .toBytes()),
                Arguments.of(
                        "too many nodes", "TOO_MANY_NODES", model(manyNodes()).toBytes()));
    }

    private static byte[] endless() {
        byte[] bytes = new byte[20];
        Arrays.fill(bytes, (byte) 0xff);
        return bytes;
    }

    private static ProtoWriter shaped(long size) {
        ProtoWriter shape = proto().message(1, proto().number(1, size));
        return proto().text(1, "v")
                .message(2, proto().message(1, proto().number(1, 1).message(2, shape)));
    }

    private static ProtoWriter nest(int levels) {
        ProtoWriter node = node("Relu", "");
        for (int level = 0; level < levels; level++) {
            node = nested(node);
        }
        return node;
    }

    private static ProtoWriter manyNodes() {
        byte[] one = proto().message(1, proto().text(4, "Relu")).toBytes();
        ProtoWriter graph = proto();
        for (int i = 0; i <= OnnxWalk.MOST_NODES; i++) {
            graph.raw(one);
        }
        return graph;
    }

    @ParameterizedTest
    @MethodSource("others")
    @Timeout(5)
    void s35WhatIsNoModelOrLiesAboutItsSizeIsRefused(String what, String code, byte[] content) throws IOException {
        // Given
        Path file = file(content);

        // Then
        assertThatThrownBy(() -> OnnxWalk.check(file))
                .as(what)
                .isInstanceOfSatisfying(
                        HostileFile.class,
                        e -> assertThat(e.code()).as(e.getMessage()).isEqualTo(code));
    }

    @Test
    void aRefusalSaysWhereItIs() throws IOException {
        // Given
        Path file = file(model(graph(tensor("W", 4, 16))
                        .message(
                                1,
                                proto().text(3, "const_7")
                                        .text(4, "Constant")
                                        .message(5, attribute("value", 5, external("x")))))
                .toBytes());

        // Then
        assertThatThrownBy(() -> OnnxWalk.check(file))
                .hasMessageContaining("in graph \"main\", node 1 \"const_7\" (Constant), attribute \"value\", t");
    }

    static Stream<Arguments> good() {
        return Stream.of(
                Arguments.of("as small as can be", OnnxFiles.good()),
                Arguments.of(
                        "operators for classical models",
                        model(graph(tensor("W", 4, 16)).message(1, node("TreeEnsembleRegressor", "ai.onnx.ml")))
                                .toBytes()),
                Arguments.of(
                        "a function of its own",
                        model(graph(tensor("W", 4, 16)).message(1, node("Gelu", "pkg.mine")))
                                .message(
                                        25,
                                        proto().text(1, "Gelu")
                                                .text(10, "pkg.mine")
                                                .message(7, node("Mul", "")))
                                .toBytes()),
                Arguments.of(
                        "values of four bits",
                        model(graph(proto().number(1, 3).number(2, 22).bytes(9, new byte[2])))
                                .toBytes()),
                Arguments.of(
                        "values one by one",
                        model(graph(proto().number(1, 2)
                                        .number(2, 7)
                                        .number(7, 1)
                                        .number(7, -1)))
                                .toBytes()),
                Arguments.of(
                        "dimensions in one piece",
                        model(graph(proto().bytes(1, new byte[] {2, 2})
                                        .number(2, 1)
                                        .bytes(9, new byte[16])))
                                .toBytes()),
                Arguments.of(
                        "a field of the future",
                        model(graph(tensor("W", 4, 16))).text(99, "new").toBytes()));
    }

    @ParameterizedTest
    @MethodSource("good")
    void aGoodModelPasses(String what, byte[] content) throws IOException, HostileFile {
        OnnxWalk.check(file(content));
        assertThat(what).isNotEmpty();
    }

    @Test
    @Timeout(5)
    void s35AModelOfTwoGigabytesIsWalkedThroughWithoutBeingRead() throws IOException, HostileFile {
        // Given a sparse file whose one initializer has almost 2 GB
        long values = (2_000L << 20) / 4;
        byte[] head = proto().number(1, values)
                .number(2, 1)
                .text(8, "W")
                .tag(9, 2)
                .varint(values * 4)
                .toBytes();
        ProtoWriter start = proto().number(1, 10).message(8, proto().number(2, 21));
        ProtoWriter graph = proto().message(1, node("Add", "")).tag(5, 2).varint(head.length + values * 4);
        long graphLength = graph.toBytes().length + head.length + values * 4;
        byte[] before = start.tag(7, 2)
                .varint(graphLength)
                .raw(graph.toBytes())
                .raw(head)
                .toBytes();
        Path file = folder.resolve("large.onnx");
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.SPARSE)) {
            channel.write(ByteBuffer.wrap(before));
            channel.write(ByteBuffer.wrap(new byte[1]), before.length + values * 4 - 1);
        }

        // When
        long used = allocatedBy(() -> OnnxWalk.check(file));

        // Then
        assertThat(Files.size(file)).isGreaterThan(2_000_000_000L);
        assertThat(used).isLessThan(4L << 20);
    }

    private interface Walk {

        void run() throws IOException, HostileFile;
    }

    private static long allocatedBy(Walk walk) throws IOException, HostileFile {
        var threads = (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        walk.run();
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    @Test
    @Timeout(60)
    void s35AnyChangeOfAGoodModelIsRefusedOrPassesAndNeverFails() throws IOException {
        // Given
        byte[] good = model(graph(tensor("W", 4, 16)).message(1, nested(nested(node("Relu", "")))))
                .message(
                        25,
                        proto().text(1, "F")
                                .message(7, node("Constant", "").message(5, attribute("v", 5, tensor("c", 1, 4)))))
                .toBytes();
        Random random = new Random(7);
        int refused = 0;

        // When
        for (int round = 0; round < 2_000; round++) {
            byte[] changed = good.clone();
            for (int change = 0; change <= random.nextInt(4); change++) {
                changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
            }
            if (random.nextInt(4) == 0) {
                changed = Arrays.copyOf(changed, random.nextInt(changed.length));
            }
            try {
                OnnxWalk.check(file(changed));
            } catch (HostileFile e) {
                refused++;
                assertThat(e.getMessage()).isNotBlank();
            }
        }

        // Then
        assertThat(refused).isGreaterThan(400);
    }
}
