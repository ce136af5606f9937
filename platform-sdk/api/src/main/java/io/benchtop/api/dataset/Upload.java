package io.benchtop.api.dataset;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * A version that is being written; nobody sees it before it is committed.
 *
 * @param id of this upload
 * @param files what has arrived
 * @param expiresAt ISO-8601 instant after which it is thrown away
 */
public record Upload(String id, List<UploadFile> files, String expiresAt) {

    public Upload {
        requireNonNull(id, "id is null");
        requireNonNull(expiresAt, "expiresAt is null");
        files = files == null ? List.of() : List.copyOf(files);
    }
}
