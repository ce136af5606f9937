package io.benchtop.service.model;

import static java.util.Objects.requireNonNull;

import io.benchtop.api.model.ModelCheck;
import io.benchtop.service.dataset.FilePath;
import io.benchtop.service.identity.UserName;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How far a version is. {@code Uploading → Checking → Ready | Refused}; every one but {@code Deleted} can be deleted. */
public sealed interface ModelState {

    /** As it is written in the database and on the wire. */
    default String code() {
        return getClass().getSimpleName().toUpperCase(Locale.ROOT);
    }

    /**
     * Its files come.
     *
     * @param expiresAt when it is removed if nobody commits it
     * @param arrived files that are there whole, with the content that was announced
     */
    record Uploading(Instant expiresAt, Set<FilePath> arrived) implements ModelState {

        public Uploading {
            requireNonNull(expiresAt, "expiresAt is null");
            arrived = Set.copyOf(arrived);
        }
    }

    /** All files are there and are looked at. */
    record Checking() implements ModelState {}

    /**
     * Published.
     *
     * @param check null if nothing was loaded
     * @param message what to know of it; empty for nothing
     */
    record Ready(@Nullable ModelCheck check, String message) implements ModelState {

        public Ready {
            requireNonNull(message, "message is null");
        }
    }

    /** Not published, for a reason. */
    record Refused(String reason, String message) implements ModelState {

        public Refused {
            requireNonNull(reason, "reason is null");
            requireNonNull(message, "message is null");
        }
    }

    /** What is left when it was removed, so that neither its version nor its number is given again. */
    record Deleted(UserName by, Instant at) implements ModelState {

        public Deleted {
            requireNonNull(by, "by is null");
            requireNonNull(at, "at is null");
        }
    }
}
