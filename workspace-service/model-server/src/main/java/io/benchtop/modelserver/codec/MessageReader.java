package io.benchtop.modelserver.codec;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import io.benchtop.modelserver.protocol.InferenceException;
import io.benchtop.modelserver.protocol.InferenceRequest;
import io.benchtop.modelserver.protocol.Tensor;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.util.List;

/**
 * Reads requests and answers. The JSON part is read once, token by token; raw data behind it is not copied unless it
 * lies badly. What goes wrong is the sender's mistake, or a lack of memory, and nothing is held afterwards.
 */
public final class MessageReader {

    private static final int DEEPEST = 40;
    private static final int LONGEST_TEXT = 256 << 20;

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
            .enable(StreamReadFeature.USE_FAST_BIG_NUMBER_PARSER)
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxStringLength(LONGEST_TEXT)
                    .build())
            .build();

    private MessageReader() {}

    /** {@code jsonLength} is how much of the body is JSON, or -1 if all of it is. The body stays the caller's. */
    public static InferenceRequest request(ByteBuf body, int jsonLength) {
        try (MessageDraft draft = new MessageDraft("input")) {
            read(body, jsonLength, draft, "inputs");
            return draft.request();
        } catch (OutOfMemoryError e) {
            throw Memory.exhausted(e);
        }
    }

    /** The outputs of an answer, or those that a sample expects. */
    public static List<Tensor> answer(ByteBuf body, int jsonLength) {
        try (MessageDraft draft = new MessageDraft("output")) {
            read(body, jsonLength, draft, "outputs");
            return draft.tensors();
        } catch (OutOfMemoryError e) {
            throw Memory.exhausted(e);
        }
    }

    private static void read(ByteBuf body, int jsonLength, MessageDraft draft, String tensors) {
        int json = jsonLength < 0 ? body.readableBytes() : jsonLength;
        if (json > body.readableBytes()) {
            throw InferenceException.invalid("Inference-Header-Content-Length is " + json + ", but the body has "
                    + body.readableBytes() + " bytes");
        }
        byte[] text = new byte[json];
        body.getBytes(body.readerIndex(), text);
        try (JsonParser parser = JSON.createParser(text, 0, json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw InferenceException.invalid("the body must be a JSON object");
            }
            new MessageMembers(JSON, text, parser, draft, tensors).read();
            if (parser.nextToken() != null) {
                throw InferenceException.invalid("something follows the JSON object of the body; raw tensors need the"
                        + " header Inference-Header-Content-Length");
            }
        } catch (JsonProcessingException e) {
            throw InferenceException.invalid("the body is not the JSON that it should be: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw InferenceException.invalid("the body cannot be read: " + e.getMessage());
        }
        draft.takeRaw(body, body.readerIndex() + json);
    }
}
