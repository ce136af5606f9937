package io.benchtop.service.http.page;

import static java.util.Objects.requireNonNull;

import gg.jte.html.HtmlTemplateOutput;
import io.benchtop.service.dataset.Dataset;
import io.benchtop.service.dataset.DatasetVersion;
import java.time.Instant;
import java.util.List;

/**
 * The datasets that the caller may read.
 *
 * @param search what they were looked for by; empty for all
 */
record DatasetsPage(Frame frame, String search, List<Row> datasets) implements Page {

    DatasetsPage {
        requireNonNull(search, "search is null");
        datasets = List.copyOf(datasets);
    }

    @Override
    public void render(HtmlTemplateOutput output) {
        JtedatasetsGenerated.render(output, NO_INTERCEPTOR, this);
    }

    /** @param version the newest one's number; empty before there is any */
    record Row(
            String address,
            String name,
            String description,
            String owner,
            String rows,
            String size,
            String version,
            HumaneTime changed) {

        static Row of(Dataset dataset, Instant now) {
            DatasetVersion latest = dataset.latest();
            return new Row(
                    new DatasetAddress(dataset.name()).page(),
                    dataset.name().toString(),
                    dataset.description(),
                    dataset.owner().value(),
                    latest == null ? "" : VersionRow.rows(latest),
                    latest == null ? "" : VersionRow.size(latest),
                    latest == null ? "" : Long.toString(latest.number()),
                    HumaneTime.relative(dataset.changedAt(), now));
        }
    }
}
