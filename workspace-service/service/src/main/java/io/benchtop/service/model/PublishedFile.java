package io.benchtop.service.model;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.dataset.FilePath;
import io.benchtop.service.problem.ProblemException;
import java.util.regex.Pattern;

/**
 * A file of a version.
 *
 * @param size in bytes
 * @param sha256 of its content, in hexadecimal digits
 */
public record PublishedFile(FilePath path, long size, String sha256) {

    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    public PublishedFile {
        requireNonNull(path, "path is null");
        if (size < 0) {
            throw ProblemException.invalidField("files", "\"" + path + "\" has a negative size");
        }
        if (!SHA256.matcher(sha256).matches()) {
            throw ProblemException.invalidField(
                    "files", "the sha256 of \"" + path + "\" must be 64 hexadecimal digits in lower case");
        }
    }
}
