package io.benchtop.modelserver.codec;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.benchtop.modelserver.protocol.DataType;
import io.benchtop.modelserver.protocol.InferenceException;
import io.benchtop.modelserver.protocol.Quote;
import io.benchtop.modelserver.protocol.Shape;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Goes through the members of a message's JSON object and fills its draft. Unknown members are passed over. */
final class MessageMembers {

    private static final int MOST_DIMENSIONS = 32;
    private static final int MOST_PARAMETERS = 256;

    private final JsonFactory json;
    private final byte[] text;
    private final JsonParser parser;
    private final MessageDraft draft;
    private final String tensors;

    /** {@code tensors} names the member whose tensors have data. */
    MessageMembers(JsonFactory json, byte[] text, JsonParser parser, MessageDraft draft, String tensors) {
        this.json = json;
        this.text = text;
        this.parser = parser;
        this.draft = draft;
        this.tensors = tensors;
    }

    void read() throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String member = parser.currentName();
            parser.nextToken();
            if (member.equals(tensors)) {
                eachObject(member, () -> tensor(draft.addTensor()));
            } else {
                other(member);
            }
        }
    }

    private void other(String member) throws IOException {
        switch (member) {
            case "id" -> draft.id = parser.currentToken() == JsonToken.VALUE_NULL ? null : text("id");
            case "parameters" -> parameters(draft.parameters);
            case "outputs" ->
                eachObject(member, () -> {
                    TensorDraft output = new TensorDraft("output");
                    members(output, false);
                    draft.addOutput(output);
                });
            default -> parser.skipChildren();
        }
    }

    private interface Reading {
        void run() throws IOException;
    }

    private void eachObject(String member, Reading reading) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            return;
        }
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw InferenceException.invalid(member + " must be an array");
        }
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                throw InferenceException.invalid("a member of " + member + " must be an object");
            }
            reading.run();
        }
    }

    private void tensor(TensorDraft tensor) throws IOException {
        members(tensor, true);
        if (tensor.deferredFrom >= 0) {
            try (JsonParser again =
                    json.createParser(text, tensor.deferredFrom, tensor.deferredTo - tensor.deferredFrom)) {
                again.nextToken();
                tensor.readElements(again, tensor.deferredTo - tensor.deferredFrom);
            }
        }
    }

    private void members(TensorDraft tensor, boolean withData) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String member = parser.currentName();
            parser.nextToken();
            switch (member) {
                case "name" -> tensor.name = text("name");
                case "datatype" -> tensor.datatype = DataType.of(text("datatype"));
                case "shape" -> tensor.shape = shape();
                case "parameters" -> tensorParameters(tensor);
                case "data" -> data(tensor, withData);
                default -> parser.skipChildren();
            }
        }
    }

    private void data(TensorDraft tensor, boolean withData) throws IOException {
        int from = (int) parser.currentTokenLocation().getByteOffset();
        if (withData && tensor.datatype != null && tensor.name != null) {
            tensor.readElements(parser, text.length - from);
            return;
        }
        parser.skipChildren();
        if (withData) {
            tensor.deferredFrom = from;
            tensor.deferredTo = (int) parser.currentLocation().getByteOffset();
        }
    }

    private Shape shape() throws IOException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw InferenceException.invalid("a shape must be an array of whole numbers");
        }
        long[] dimensions = new long[MOST_DIMENSIONS];
        int rank = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT || rank == MOST_DIMENSIONS) {
                throw InferenceException.invalid(
                        "a shape must be an array of at most " + MOST_DIMENSIONS + " whole numbers");
            }
            dimensions[rank++] = parser.getLongValue();
        }
        return new Shape(Arrays.copyOf(dimensions, rank));
    }

    private void tensorParameters(TensorDraft tensor) throws IOException {
        Map<String, Object> found = new HashMap<>();
        parameters(found);
        if (found.get("binary_data") instanceof Boolean binary) {
            tensor.binary = binary;
        }
        Object size = found.get("binary_data_size");
        if (size == null) {
            return;
        }
        if (!(size instanceof Long bytes) || bytes < 0 || bytes > Integer.MAX_VALUE) {
            throw InferenceException.invalid(
                    "binary_data_size must be a number of bytes, not " + Quote.of(size.toString()));
        }
        tensor.binarySize = bytes;
    }

    private void parameters(Map<String, Object> into) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            return;
        }
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw InferenceException.invalid("parameters must be an object");
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String key = parser.currentName();
            if (into.size() >= MOST_PARAMETERS) {
                throw InferenceException.invalid("there are at most " + MOST_PARAMETERS + " parameters");
            }
            switch (parser.nextToken()) {
                case VALUE_STRING -> into.put(key, parser.getText());
                case VALUE_TRUE -> into.put(key, true);
                case VALUE_FALSE -> into.put(key, false);
                case VALUE_NUMBER_INT -> into.put(key, parser.getLongValue());
                case VALUE_NUMBER_FLOAT -> into.put(key, parser.getDoubleValue());
                case VALUE_NULL -> into.remove(key);
                default ->
                    throw InferenceException.invalid(
                            "parameter " + Quote.of(key) + " must be a text, a number or a boolean");
            }
        }
    }

    private String text(String member) throws IOException {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            throw InferenceException.invalid(member + " must be a text");
        }
        return parser.getText();
    }
}
