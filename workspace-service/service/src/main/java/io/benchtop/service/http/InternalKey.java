package io.benchtop.service.http;

import io.benchtop.service.problem.ErrorCode;
import io.benchtop.service.problem.ProblemException;
import io.micronaut.http.HttpRequest;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;

/** Lets only our own processes, which read the key's file, use {@code /internal/**}. */
@Singleton
final class InternalKey {

    private final byte[] expected;

    InternalKey(HttpConfig config) {
        this.expected = ("Internal " + config.internalKey()).getBytes(StandardCharsets.UTF_8);
    }

    void check(HttpRequest<?> request) {
        List<String> headers = request.getHeaders().getAll("Authorization");
        boolean right = headers.size() == 1
                && MessageDigest.isEqual(expected, headers.getFirst().getBytes(StandardCharsets.UTF_8));
        if (!right) {
            throw ProblemException.of(
                    ErrorCode.UNAUTHENTICATED, "This is for the processes of this installation, which know its key.");
        }
    }
}
