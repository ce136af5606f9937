package io.benchtop.service.http;

import io.micronaut.context.annotation.Primary;
import io.micronaut.core.type.Argument;
import io.micronaut.serde.Decoder;
import io.micronaut.serde.Deserializer;
import jakarta.inject.Singleton;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A long is a whole number that fits: 1e400 bytes must not be read as all that there are (SECURITY.md S50). */
@Singleton
@Primary
final class StrictLongs implements Deserializer<Long> {

    @Override
    public @Nullable Long deserialize(Decoder decoder, DecoderContext context, Argument<? super Long> type)
            throws IOException {
        Object value = decoder.decodeArbitrary();
        if (value == null) {
            return null;
        }
        if (value instanceof Number number && Numbers.isWhole(number, Long.MIN_VALUE, Long.MAX_VALUE)) {
            return number.longValue();
        }
        throw Numbers.wrong(type);
    }
}
