package io.benchtop.service.dataset;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.dataset.DatasetVersion.Origin;
import io.benchtop.service.identity.UserName;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Files on their way into a version.
 *
 * @param version the number of the version that they became; null until then
 */
public record Upload(
        UploadId id,
        DatasetId dataset,
        UserName owner,
        String note,
        Origin origin,
        Instant expiresAt,
        @Nullable Long version) {

    public Upload {
        requireNonNull(id, "id is null");
        requireNonNull(dataset, "dataset is null");
        requireNonNull(owner, "owner is null");
        requireNonNull(origin, "origin is null");
        requireNonNull(expiresAt, "expiresAt is null");
        DatasetVersion.checkNote(note);
    }
}
