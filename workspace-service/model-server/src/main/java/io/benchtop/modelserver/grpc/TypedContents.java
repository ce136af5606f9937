package io.benchtop.modelserver.grpc;

import com.google.protobuf.ByteString;
import io.benchtop.modelserver.codec.BytesElements;
import io.benchtop.modelserver.codec.Memory;
import io.benchtop.modelserver.protocol.DataType;
import io.benchtop.modelserver.protocol.InferenceException;
import io.benchtop.modelserver.protocol.Quote;
import io.benchtop.modelserver.protocol.Tensor;
import io.benchtop.modelserver.wire.InferTensorContents;
import io.netty.buffer.ByteBuf;

/** Elements in the fields of their type, as the protocol has them beside the raw form. */
final class TypedContents {

    private TypedContents() {}

    static ByteBuf read(String name, DataType datatype, InferTensorContents contents, long elements) {
        long found = count(datatype, contents);
        if (found != elements) {
            throw InferenceException.invalid("input " + Quote.of(name) + ": expected " + elements + " elements of "
                    + datatype + " in its contents, got " + found);
        }
        ByteBuf data = Memory.direct(Math.clamp(elements * Math.max(4, datatype.size()), 1, 1 << 26));
        try {
            write(datatype, contents, data);
            return data;
        } catch (InferenceException | OutOfMemoryError e) {
            data.release();
            throw e;
        }
    }

    private static long count(DataType datatype, InferTensorContents contents) {
        return switch (datatype) {
            case BOOL -> contents.getBoolContentsCount();
            case INT8, INT16, INT32 -> contents.getIntContentsCount();
            case INT64 -> contents.getInt64ContentsCount();
            case UINT8, UINT16, UINT32 -> contents.getUintContentsCount();
            case UINT64 -> contents.getUint64ContentsCount();
            case FP32 -> contents.getFp32ContentsCount();
            case FP64 -> contents.getFp64ContentsCount();
            case BYTES -> contents.getBytesContentsCount();
            case FP16, BF16 ->
                throw InferenceException.invalid(datatype + " has no typed contents: send it as raw_input_contents");
        };
    }

    private static void write(DataType datatype, InferTensorContents contents, ByteBuf data) {
        switch (datatype) {
            case BOOL -> contents.getBoolContentsList().forEach(value -> data.writeByte(value ? 1 : 0));
            case INT8 -> contents.getIntContentsList().forEach(value -> data.writeByte(within(value, -128, 127)));
            case INT16 ->
                contents.getIntContentsList()
                        .forEach(value -> data.writeShortLE(within(value, Short.MIN_VALUE, Short.MAX_VALUE)));
            case INT32 -> contents.getIntContentsList().forEach(data::writeIntLE);
            case INT64 -> contents.getInt64ContentsList().forEach(data::writeLongLE);
            case UINT8 -> contents.getUintContentsList().forEach(value -> data.writeByte(within(value, 0, 0xFF)));
            case UINT16 -> contents.getUintContentsList().forEach(value -> data.writeShortLE(within(value, 0, 0xFFFF)));
            case UINT32 -> contents.getUintContentsList().forEach(data::writeIntLE);
            case UINT64 -> contents.getUint64ContentsList().forEach(data::writeLongLE);
            case FP32 -> {
                for (int i = 0; i < contents.getFp32ContentsCount(); i++) {
                    data.writeFloatLE(contents.getFp32Contents(i));
                }
            }
            case FP64 -> {
                for (int i = 0; i < contents.getFp64ContentsCount(); i++) {
                    data.writeDoubleLE(contents.getFp64Contents(i));
                }
            }
            case BYTES ->
                contents.getBytesContentsList()
                        .forEach(value -> data.writeIntLE(value.size()).writeBytes(value.asReadOnlyByteBuffer()));
            case FP16, BF16 -> throw new IllegalArgumentException("no typed contents: " + datatype);
        }
    }

    private static int within(int value, int least, int most) {
        if (value < least || value > most) {
            throw InferenceException.invalid("element " + value + " is not from " + least + " to " + most);
        }
        return value;
    }

    static InferTensorContents write(Tensor tensor) {
        InferTensorContents.Builder contents = InferTensorContents.newBuilder();
        if (tensor.datatype() == DataType.BYTES) {
            BytesElements.each(tensor, element -> contents.addBytesContents(ByteString.copyFrom(element)));
            return contents.build();
        }
        ByteBuf data = tensor.data().slice();
        while (data.isReadable()) {
            switch (tensor.datatype()) {
                case BOOL -> contents.addBoolContents(data.readByte() != 0);
                case INT8 -> contents.addIntContents(data.readByte());
                case INT16 -> contents.addIntContents(data.readShortLE());
                case INT32 -> contents.addIntContents(data.readIntLE());
                case INT64 -> contents.addInt64Contents(data.readLongLE());
                case UINT8 -> contents.addUintContents(data.readUnsignedByte());
                case UINT16 -> contents.addUintContents(data.readUnsignedShortLE());
                case UINT32 -> contents.addUintContents(data.readIntLE());
                case UINT64 -> contents.addUint64Contents(data.readLongLE());
                case FP32 -> contents.addFp32Contents(data.readFloatLE());
                case FP64 -> contents.addFp64Contents(data.readDoubleLE());
                case FP16, BF16, BYTES -> throw new IllegalArgumentException("no typed contents: " + tensor);
            }
        }
        return contents.build();
    }
}
