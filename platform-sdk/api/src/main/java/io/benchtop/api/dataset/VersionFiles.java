package io.benchtop.api.dataset;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /api/v1/datasets/{space}/{name}/versions/{number}}: a {@link Version} and its files.
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
 * @param files in the order of their paths
 */
public record VersionFiles(
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
        @Nullable String workspace,
        List<VersionFile> files) {

    public VersionFiles {
        requireNonNull(createdAt, "createdAt is null");
        requireNonNull(createdBy, "createdBy is null");
        requireNonNull(format, "format is null");
        requireNonNull(digest, "digest is null");
        note = note == null ? "" : note;
        columns = columns == null ? List.of() : List.copyOf(columns);
        partitions = partitions == null ? List.of() : List.copyOf(partitions);
        files = files == null ? List.of() : List.copyOf(files);
    }

    /** A version with its files. */
    public static VersionFiles of(Version version, List<VersionFile> files) {
        return new VersionFiles(
                version.number(),
                version.createdAt(),
                version.createdBy(),
                version.note(),
                version.format(),
                version.rows(),
                version.bytes(),
                version.fileCount(),
                version.digest(),
                version.columns(),
                version.partitions(),
                version.run(),
                version.workspace(),
                files);
    }

    /** It without its files. */
    public Version version() {
        return new Version(
                number,
                createdAt,
                createdBy,
                note,
                format,
                rows,
                bytes,
                fileCount,
                digest,
                columns,
                partitions,
                run,
                workspace);
    }
}
