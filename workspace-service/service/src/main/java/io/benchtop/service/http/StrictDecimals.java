package io.benchtop.service.http;

import io.micronaut.context.annotation.Primary;
import io.micronaut.core.type.Argument;
import io.micronaut.serde.Decoder;
import io.micronaut.serde.Deserializer;
import jakarta.inject.Singleton;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A decimal is a number, and a finite one (SECURITY.md S50). */
@Singleton
@Primary
final class StrictDecimals implements Deserializer<Double> {

    @Override
    public @Nullable Double deserialize(Decoder decoder, DecoderContext context, Argument<? super Double> type)
            throws IOException {
        Object value = decoder.decodeArbitrary();
        if (value == null) {
            return null;
        }
        if (value instanceof Number number && Double.isFinite(number.doubleValue())) {
            return number.doubleValue();
        }
        throw Numbers.wrong(type);
    }
}
