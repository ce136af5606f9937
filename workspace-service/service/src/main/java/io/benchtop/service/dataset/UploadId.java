package io.benchtop.service.dataset;

import io.benchtop.service.problem.ProblemException;
import java.util.UUID;
import java.util.regex.Pattern;

/** Names one upload, and for ever the place of the files that came with it. */
public record UploadId(String value) {

    private static final Pattern VALID = Pattern.compile("up_[0-9a-f]{32}");

    public UploadId {
        if (!VALID.matcher(value).matches()) {
            throw ProblemException.notFound("upload", value);
        }
    }

    static UploadId random() {
        return new UploadId("up_" + UUID.randomUUID().toString().replace("-", ""));
    }

    @Override
    public String toString() {
        return value;
    }
}
