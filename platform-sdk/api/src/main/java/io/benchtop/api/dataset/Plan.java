package io.benchtop.api.dataset;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How to read one version: its files, or one stream of Arrow.
 *
 * @param read id of this read
 * @param dataset its name
 * @param version that is read, whatever is written meanwhile
 * @param columns those that were asked for
 * @param expiresAt ISO-8601 instant after which its addresses are refused
 * @param files none for a table or a query
 * @param arrow path of the rows as an Arrow stream, columns and filter applied, to be got once; null for files and images
 * @param path folder of the files, where this process sees it too
 * @param pinned whether the same version can be read again later
 * @param note what a reader should know, as a sentence
 */
public record Plan(
        String read,
        String dataset,
        Version version,
        List<Column> columns,
        String expiresAt,
        List<PlanFile> files,
        @Nullable String arrow,
        @Nullable String path,
        boolean pinned,
        @Nullable String note) {

    public Plan {
        requireNonNull(read, "read is null");
        requireNonNull(dataset, "dataset is null");
        requireNonNull(version, "version is null");
        requireNonNull(expiresAt, "expiresAt is null");
        columns = columns == null ? List.of() : List.copyOf(columns);
        files = files == null ? List.of() : List.copyOf(files);
    }

    /** Without addresses: who knows one may read. */
    @Override
    public String toString() {
        return "Plan[read=" + read + ", dataset=" + dataset + ", version=" + version.number() + ", files="
                + files.size() + "]";
    }
}
