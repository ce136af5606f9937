package io.benchtop.service.http;

import io.micronaut.core.type.Argument;
import io.micronaut.serde.exceptions.SerdeException;
import java.math.BigInteger;

/** Which numbers of a request are taken for what they say. */
final class Numbers {

    private Numbers() {}

    static boolean isWhole(Number number, long least, long most) {
        return switch (number) {
            case Integer it -> it >= least && it <= most;
            case Long it -> it >= least && it <= most;
            case BigInteger it ->
                it.compareTo(BigInteger.valueOf(least)) >= 0 && it.compareTo(BigInteger.valueOf(most)) <= 0;
            case Double it -> it == Math.rint(it) && it >= least && it <= most && Math.abs(it) < 1L << 53;
            default -> false;
        };
    }

    /** In the words that {@link UnreadableRequest} looks for. */
    static SerdeException wrong(Argument<?> type) {
        return new SerdeException("Error decoding property [" + type.getName() + "]: not such a number");
    }
}
