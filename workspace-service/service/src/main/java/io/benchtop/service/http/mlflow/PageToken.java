package io.benchtop.service.http.mlflow;

import io.benchtop.service.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Where the next page of a list begins; a client gives it back as it is. */
final class PageToken {

    private static final int FARTHEST = 10_000_000;

    private PageToken() {}

    static int offset(@Nullable String token) {
        if (token == null || token.isEmpty()) {
            return 0;
        }
        try {
            int offset = Integer.parseInt(new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8));
            if (offset >= 0 && offset <= FARTHEST) {
                return offset;
            }
        } catch (IllegalArgumentException _) {
            // Said below.
        }
        throw ProblemException.invalidField("page_token", "must be one that an answer before gave");
    }

    static String at(int offset) {
        return Base64.getUrlEncoder().encodeToString(Integer.toString(offset).getBytes(StandardCharsets.UTF_8));
    }
}
