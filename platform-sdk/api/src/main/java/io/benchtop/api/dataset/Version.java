package io.benchtop.api.dataset;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a dataset was at one moment; never changes.
 *
 * @param number counts from 1
 * @param createdAt ISO-8601 instant
 * @param createdBy user name
 * @param note why it was made; may be empty
 * @param format {@code parquet}, {@code csv}, {@code jsonl}, {@code arrow}, {@code files}, {@code images} or {@code table}
 * @param rows how many; null if not counted
 * @param bytes of all files together; 0 for a table
 * @param fileCount how many files
 * @param digest SHA-256 of the manifest, in hexadecimal digits
 * @param columns in order; none for files and images
 * @param partitions the columns that are folders, outermost first
 * @param run id of the run that wrote it
 * @param workspace id of the workspace that wrote it
 */
public record Version(
        long number,
        String createdAt,
        String createdBy,
        String note,
        String format,
        @Nullable Long rows,
        long bytes,
        long fileCount,
        String digest,
        List<Column> columns,
        List<String> partitions,
        @Nullable String run,
        @Nullable String workspace) {

    public Version {
        requireNonNull(createdAt, "createdAt is null");
        requireNonNull(createdBy, "createdBy is null");
        requireNonNull(format, "format is null");
        requireNonNull(digest, "digest is null");
        note = note == null ? "" : note;
        columns = columns == null ? List.of() : List.copyOf(columns);
        partitions = partitions == null ? List.of() : List.copyOf(partitions);
    }
}
