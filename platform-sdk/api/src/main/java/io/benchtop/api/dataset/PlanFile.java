package io.benchtop.api.dataset;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One file to read.
 *
 * @param path below the dataset, with slashes
 * @param size bytes
 * @param rows how many; null if not counted
 * @param sha256 of its content, in hexadecimal digits; null if not known
 * @param url a path of the service, to be asked with the token; or an absolute address, to be asked without. Both take Range
 * @param transport {@code raw} (the service) or {@code presigned} (the store itself)
 * @param partition values of the columns that are folders
 */
public record PlanFile(
        String path,
        long size,
        @Nullable Long rows,
        @Nullable String sha256,
        String url,
        String transport,
        Map<String, String> partition) {

    public PlanFile {
        requireNonNull(path, "path is null");
        requireNonNull(url, "url is null");
        requireNonNull(transport, "transport is null");
        partition = partition == null ? Map.of() : Map.copyOf(partition);
    }

    /** Without its address: who knows it may read. */
    @Override
    public String toString() {
        return "PlanFile[path=" + path + ", size=" + size + ", transport=" + transport + "]";
    }
}
