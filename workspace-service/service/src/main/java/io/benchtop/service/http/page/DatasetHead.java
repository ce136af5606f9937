package io.benchtop.service.http.page;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.dataset.Dataset;
import io.benchtop.service.dataset.DatasetSource;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is said of a dataset, whichever version is looked at.
 *
 * @param mine whether the caller may change it
 * @param managed whether new versions come by upload; else the source outside is looked at again
 * @param source where the data lies, for those who may change it
 */
record DatasetHead(
        DatasetAddress address,
        String description,
        String owner,
        boolean mine,
        boolean managed,
        String source,
        String readers,
        Map<String, String> tags,
        HumaneTime changed) {

    DatasetHead {
        requireNonNull(address, "address is null");
        tags = new TreeMap<>(tags);
    }

    static DatasetHead of(Dataset dataset, boolean mine, Instant now) {
        return new DatasetHead(
                new DatasetAddress(dataset.name()),
                dataset.description(),
                dataset.owner().value(),
                mine,
                dataset.source() instanceof DatasetSource.Managed,
                source(dataset.source(), mine),
                readers(dataset),
                dataset.tags(),
                HumaneTime.relative(dataset.changedAt(), now));
    }

    private static String readers(Dataset dataset) {
        if (dataset.readers().contains(Dataset.EVERYBODY)) {
            return "everybody";
        }
        return dataset.readers().isEmpty()
                ? "only " + dataset.owner()
                : dataset.owner() + ", " + String.join(", ", dataset.readers());
    }

    private static String source(DatasetSource source, boolean mine) {
        return switch (source) {
            case DatasetSource.Managed _ -> "kept by Benchtop";
            case DatasetSource.Outside _ when !mine -> "outside; Benchtop only reads it";
            case DatasetSource.Files files ->
                files.path().isEmpty()
                        ? "all files of the connection " + files.connection()
                        : files.path() + " of the connection " + files.connection();
            case DatasetSource.Table table ->
                "table " + (table.schema() == null ? "" : table.schema() + ".") + table.table() + " of the connection "
                        + table.connection();
            case DatasetSource.Query query -> "of the connection " + query.connection() + ": " + query.query();
        };
    }

    String name() {
        return address.name().toString();
    }

    String page() {
        return address.page();
    }
}
