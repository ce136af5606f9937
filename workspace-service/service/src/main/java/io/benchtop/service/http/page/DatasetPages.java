package io.benchtop.service.http.page;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.dataset.Dataset;
import io.benchtop.service.dataset.DatasetName;
import io.benchtop.service.dataset.DatasetVersion;
import io.benchtop.service.dataset.DatasetVersion.Origin;
import io.benchtop.service.dataset.Datasets;
import io.benchtop.service.identity.Caller;
import io.benchtop.service.table.TablePreview;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Gathers what the page of a dataset shows. */
@Singleton
final class DatasetPages {

    private static final int MOST_VERSIONS = 50;
    private static final int MOST_READS = 50;

    private final Datasets datasets;
    private final Origins origins;
    private final InstantSource clock;

    DatasetPages(Datasets datasets, Origins origins, InstantSource clock) {
        this.datasets = requireNonNull(datasets, "datasets is null");
        this.origins = requireNonNull(origins, "origins is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /**
     * @param number of the version to look at; null for the newest
     * @param rows how many of the sample are asked for
     */
    DatasetPage of(Caller caller, Frame frame, Dataset dataset, Form form, @Nullable Long number, int rows) {
        Instant now = clock.instant();
        boolean mine = datasets.isMine(caller, dataset);
        DatasetHead head = DatasetHead.of(dataset, mine, now);
        List<DatasetVersion> versions = datasets.versions(caller, dataset.name());
        DatasetVersion version =
                number == null && versions.isEmpty() ? null : datasets.version(caller, dataset.name(), number);
        Function<Origin, OriginView> from = origins.of(caller);
        String problem = form.problem();
        return new DatasetPage(
                problem == null ? frame : frame.with(Notice.problem(problem)),
                head,
                form,
                versions.stream()
                        .limit(MOST_VERSIONS)
                        .map(each -> VersionRow.of(head.address(), each, from.apply(each.origin()), now))
                        .toList(),
                Math.max(0, versions.size() - MOST_VERSIONS),
                version == null
                        ? DatasetSnippet.writing(dataset.name())
                        : DatasetSnippet.reading(dataset.name(), version, number),
                version == null
                        ? null
                        : shown(caller, head, version, versions.getFirst().number() == version.number(), rows, now),
                mine ? reads(caller, dataset.name(), from, now) : List.of());
    }

    private DatasetPage.Shown shown(
            Caller caller, DatasetHead head, DatasetVersion version, boolean newest, int rows, Instant now) {
        DatasetName name = head.address().name();
        int most = Math.clamp(rows, TableView.FIRST, TablePreview.ROWS);
        return DatasetPage.Shown.of(
                head.address(),
                version,
                newest,
                datasets.preview(caller, name, version.number())
                        .map(preview -> TableView.of(preview, most))
                        .orElse(null),
                DatasetFiles.of(head.address(), version.number(), datasets.files(caller, name, version.number())),
                now);
    }

    private List<DatasetPage.ReadRow> reads(
            Caller caller, DatasetName name, Function<Origin, OriginView> from, Instant now) {
        return datasets.reads(caller, name).stream()
                .limit(MOST_READS)
                .map(read -> DatasetPage.ReadRow.of(read, from.apply(read.origin()), now))
                .toList();
    }
}
