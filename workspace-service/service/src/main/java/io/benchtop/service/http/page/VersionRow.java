package io.benchtop.service.http.page;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.dataset.DatasetFormat;
import io.benchtop.service.dataset.DatasetVersion;
import java.time.Instant;

/** One version among the others of its dataset. */
record VersionRow(
        long number,
        String address,
        HumaneTime made,
        String by,
        String note,
        String format,
        String rows,
        String size,
        OriginView origin) {

    VersionRow {
        requireNonNull(address, "address is null");
        requireNonNull(note, "note is null");
        requireNonNull(origin, "origin is null");
    }

    static VersionRow of(DatasetAddress address, DatasetVersion version, OriginView origin, Instant now) {
        return new VersionRow(
                version.number(),
                address.version(version.number()),
                HumaneTime.relative(version.createdAt(), now),
                version.createdBy().value(),
                version.note(),
                version.format().code(),
                rows(version),
                size(version),
                origin);
    }

    /** Empty where there are none or nobody counted them. */
    static String rows(DatasetVersion version) {
        Long rows = version.rows();
        return rows == null ? "" : HumaneNumber.count(rows);
    }

    /** Empty where there are no files. */
    static String size(DatasetVersion version) {
        return version.format() == DatasetFormat.TABLE ? "" : HumaneBytes.size(version.bytes());
    }
}
