package io.benchtop.service.http;

import io.micronaut.context.annotation.Primary;
import io.micronaut.core.type.Argument;
import io.micronaut.serde.Decoder;
import io.micronaut.serde.Deserializer;
import jakarta.inject.Singleton;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** An integer is a whole number: 1.5 accelerators must not be read as one, nor the text "1" (SECURITY.md S50). */
@Singleton
@Primary
final class StrictIntegers implements Deserializer<Integer> {

    @Override
    public @Nullable Integer deserialize(Decoder decoder, DecoderContext context, Argument<? super Integer> type)
            throws IOException {
        Object value = decoder.decodeArbitrary();
        if (value == null) {
            return null;
        }
        if (value instanceof Number number && Numbers.isWhole(number, Integer.MIN_VALUE, Integer.MAX_VALUE)) {
            return number.intValue();
        }
        throw Numbers.wrong(type);
    }
}
