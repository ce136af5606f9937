package io.benchtop.service.model.walk;

import static io.benchtop.service.model.walk.ProtoWriter.proto;

/** Models in ONNX, as small as they can be. */
public final class OnnxFiles {

    private static final int FLOAT = 1;

    private OnnxFiles() {}

    /** Y = X + W, with W of four values. */
    public static byte[] good() {
        return model(graph(tensor("W", 4, 16))).toBytes();
    }

    static ProtoWriter model(ProtoWriter graph) {
        return proto().number(1, 10)
                .text(2, "test")
                .message(8, proto().text(1, "").number(2, 21))
                .message(7, graph)
                .message(14, proto().text(1, "team").text(2, "sales"));
    }

    static ProtoWriter graph(ProtoWriter initializer) {
        return proto().message(1, node("Add", ""))
                .text(2, "main")
                .message(5, initializer)
                .message(11, value("X"))
                .message(12, value("Y"));
    }

    static ProtoWriter node(String operator, String domain) {
        return proto().text(1, "X")
                .text(1, "W")
                .text(2, "Y")
                .text(3, "add")
                .text(4, operator)
                .text(7, domain);
    }

    static ProtoWriter attribute(String name, int field, ProtoWriter value) {
        return proto().text(1, name).message(field, value);
    }

    static ProtoWriter tensor(String name, long elements, int rawBytes) {
        return proto().number(1, elements).number(2, FLOAT).text(8, name).bytes(9, new byte[rawBytes]);
    }

    static ProtoWriter external(String location) {
        return proto().number(1, 4)
                .number(2, FLOAT)
                .text(8, "W")
                .message(13, proto().text(1, "location").text(2, location))
                .number(14, 1);
    }

    static ProtoWriter value(String name) {
        ProtoWriter shape = proto().message(1, proto().text(2, "batch")).message(1, proto().number(1, 4));
        return proto().text(1, name)
                .message(2, proto().message(1, proto().number(1, FLOAT).message(2, shape)));
    }
}
