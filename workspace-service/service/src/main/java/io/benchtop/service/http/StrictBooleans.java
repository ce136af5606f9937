package io.benchtop.service.http;

import io.micronaut.context.annotation.Primary;
import io.micronaut.core.type.Argument;
import io.micronaut.serde.Decoder;
import io.micronaut.serde.Deserializer;
import io.micronaut.serde.exceptions.SerdeException;
import jakarta.inject.Singleton;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A boolean is {@code true} or {@code false}: the text "no" must not be read as one and enable somebody. */
@Singleton
@Primary
final class StrictBooleans implements Deserializer<Boolean> {

    @Override
    public @Nullable Boolean deserialize(Decoder decoder, DecoderContext context, Argument<? super Boolean> type)
            throws IOException {
        Object value = decoder.decodeArbitrary();
        if (value == null || value instanceof Boolean) {
            return (Boolean) value;
        }
        throw new SerdeException("a boolean is true or false");
    }
}
