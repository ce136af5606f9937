package io.benchtop.service.http.page;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.dataset.VersionFile;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The files of a version, pictures as such.
 *
 * @param left how many more there are than a page shows
 */
record DatasetFiles(List<Row> rows, int left) {

    private static final int MOST_ROWS = 200;

    DatasetFiles {
        rows = List.copyOf(rows);
    }

    static DatasetFiles of(DatasetAddress address, long version, List<VersionFile> files) {
        return new DatasetFiles(
                files.stream()
                        .limit(MOST_ROWS)
                        .map(file -> row(address, version, file))
                        .toList(),
                Math.max(0, files.size() - MOST_ROWS));
    }

    private static Row row(DatasetAddress address, long version, VersionFile file) {
        boolean picture = ImageType.isThumbnail(file.path().value(), file.size());
        return new Row(
                file.path().value(),
                address.download(version, file.path()),
                HumaneBytes.size(file.size()),
                picture ? address.image(version, file.path()) : null);
    }

    List<Row> pictures() {
        return rows.stream()
                .filter(row -> row.picture() != null)
                .limit(ImageType.MOST_THUMBNAILS)
                .toList();
    }

    /** @param picture where it is shown as one; null if it cannot be or is too large to be shown among others */
    record Row(
            String path,
            String address,
            String size,
            @Nullable String picture) {

        Row {
            requireNonNull(path, "path is null");
            requireNonNull(address, "address is null");
            requireNonNull(size, "size is null");
        }

        /** Without its folders. */
        String name() {
            return path.substring(path.lastIndexOf('/') + 1);
        }
    }
}
