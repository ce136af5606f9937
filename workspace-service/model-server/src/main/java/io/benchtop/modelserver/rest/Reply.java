package io.benchtop.modelserver.rest;

import io.benchtop.modelserver.codec.JsonWriter;
import io.benchtop.modelserver.protocol.InferenceException;
import io.benchtop.modelserver.protocol.InferenceException.Reason;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An answer before it becomes HTTP. {@code jsonLength} is -1 unless raw tensors follow the JSON. */
record Reply(
        int status, ByteBuf body, int jsonLength, @Nullable String modelVersion) {

    static Reply json(int status, Consumer<JsonWriter> content) {
        ByteBuf body = Unpooled.buffer();
        content.accept(new JsonWriter(body));
        return new Reply(status, body, -1, null);
    }

    static Reply error(InferenceException why) {
        return json(
                why.reason().status(),
                json -> json.beginObject().name("error").text(why.sentence()).endObject());
    }

    /** Nothing to say but that it was done. */
    static Reply done(int status) {
        return json(status, json -> json.beginObject().endObject());
    }

    Reply of(@Nullable String version) {
        return new Reply(status, body, jsonLength, version);
    }

    boolean isTryAgain() {
        return status == Reason.OVERLOADED.status() || status == Reason.UNAVAILABLE.status();
    }
}
