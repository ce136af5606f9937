package io.benchtop.modelserver.fetch;

import java.io.IOException;

/** A failure that will be the same the next time. */
final class RefusedException extends IOException {

    RefusedException(String message) {
        super(message);
    }
}
