package io.benchtop.service.http.page;

import static java.util.Objects.requireNonNull;

import gg.jte.html.HtmlTemplateOutput;
import io.benchtop.service.dataset.DatasetRead;
import io.benchtop.service.dataset.DatasetVersion;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A dataset, its versions and one of them.
 *
 * @param form what may be changed, for those who may
 * @param left how many older versions there are than the page shows
 * @param shown the version that is looked at; null before there is any
 * @param reads who opened it, for those who may change it
 */
record DatasetPage(
        Frame frame,
        DatasetHead dataset,
        Form form,
        List<VersionRow> versions,
        int left,
        DatasetSnippet snippet,
        @Nullable Shown shown,
        List<ReadRow> reads)
        implements Page {

    DatasetPage {
        requireNonNull(dataset, "dataset is null");
        requireNonNull(form, "form is null");
        versions = List.copyOf(versions);
        requireNonNull(snippet, "snippet is null");
        reads = List.copyOf(reads);
    }

    @Override
    public void render(HtmlTemplateOutput output) {
        JtedatasetGenerated.render(output, NO_INTERCEPTOR, this);
    }

    boolean isChanging() {
        return form.problem() != null || !form.errors().isEmpty();
    }

    /**
     * One version.
     *
     * @param table what its rows hold; null where there are none
     * @param files null where there are none
     */
    record Shown(
            long number,
            String address,
            boolean newest,
            String format,
            HumaneTime made,
            String digest,
            @Nullable TableView table,
            @Nullable DatasetFiles files) {

        static Shown of(
                DatasetAddress address,
                DatasetVersion version,
                boolean newest,
                @Nullable TableView table,
                DatasetFiles files,
                Instant now) {
            return new Shown(
                    version.number(),
                    address.version(version.number()),
                    newest,
                    version.format().code(),
                    HumaneTime.relative(version.createdAt(), now),
                    version.digest(),
                    table,
                    files.rows().isEmpty() ? null : files);
        }
    }

    /** @param what which columns and rows, in words */
    record ReadRow(String reader, HumaneTime at, long version, String what, OriginView origin) {

        static ReadRow of(DatasetRead read, OriginView origin, Instant now) {
            return new ReadRow(
                    read.reader().value(),
                    HumaneTime.relative(read.openedAt(), now),
                    read.version(),
                    read.where(),
                    origin);
        }
    }
}
