package io.benchtop.service.dataset;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.identity.UserName;
import io.benchtop.service.problem.ProblemException;
import io.benchtop.service.table.Column;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One state of a dataset, for ever. Its files and their hashes are its manifest, whose hash is the digest.
 *
 * @param number 1 for the first
 * @param upload whose files these are; null of data outside
 * @param rows null where there are none
 * @param bytes of all files together
 * @param columns empty where there are none; those of partitions are the last
 * @param partitions names of columns that folders say
 * @param origin which run and workspace made it
 */
public record DatasetVersion(
        long number,
        Instant createdAt,
        UserName createdBy,
        String note,
        DatasetFormat format,
        @Nullable UploadId upload,
        @Nullable Long rows,
        long bytes,
        int fileCount,
        String digest,
        List<Column> columns,
        List<String> partitions,
        Origin origin) {

    private static final int LONGEST_NOTE = 2000;

    public DatasetVersion {
        requireNonNull(createdAt, "createdAt is null");
        requireNonNull(createdBy, "createdBy is null");
        requireNonNull(format, "format is null");
        requireNonNull(digest, "digest is null");
        requireNonNull(origin, "origin is null");
        checkNote(note);
        columns = List.copyOf(columns);
        partitions = List.copyOf(partitions);
    }

    static void checkNote(String note) {
        if (note.length() > LONGEST_NOTE || note.indexOf('\0') >= 0) {
            throw ProblemException.invalidField(
                    "note", "must have at most " + LONGEST_NOTE + " characters, none of code 0");
        }
    }

    /** Where a version comes from, or a read goes to. */
    public record Origin(@Nullable String run, @Nullable String workspace) {

        private static final int LONGEST = 64;

        public Origin {
            if (run != null && (run.length() > LONGEST || !run.matches("[A-Za-z0-9_-]+"))) {
                throw ProblemException.invalidField("run", "must be the id of a run");
            }
        }
    }
}
