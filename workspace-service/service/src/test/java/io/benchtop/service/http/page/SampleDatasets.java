package io.benchtop.service.http.page;

import io.benchtop.service.dataset.DatasetFormat;
import io.benchtop.service.dataset.DatasetName;
import io.benchtop.service.dataset.DatasetVersion;
import io.benchtop.service.dataset.DatasetVersion.Origin;
import io.benchtop.service.dataset.FilePath;
import io.benchtop.service.dataset.VersionFile;
import io.benchtop.service.identity.UserName;
import io.benchtop.service.table.Column;
import io.benchtop.service.table.ColumnProfile;
import io.benchtop.service.table.ColumnProfile.Frequent;
import io.benchtop.service.table.ColumnProfile.Histogram;
import io.benchtop.service.table.ColumnType;
import io.benchtop.service.table.TablePreview;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The pages of datasets with content that looks like a real day. */
final class SampleDatasets {

    private static final DatasetAddress ADDRESS = new DatasetAddress(new DatasetName("sales", "orders"));
    private static final HumaneTime NOW = HumaneTime.relative(Samples.NOW, Samples.NOW);

    private final Frame frame;
    private final UnaryOperator<String> text;

    private SampleDatasets(Frame frame, UnaryOperator<String> text) {
        this.frame = frame;
        this.text = text;
    }

    static Map<String, Page> pages(Frame frame, UnaryOperator<String> text) {
        return new SampleDatasets(frame, text).pages();
    }

    private Map<String, Page> pages() {
        Map<String, Page> pages = new LinkedHashMap<>();
        pages.put(
                "datasets",
                new DatasetsPage(
                        frame,
                        text.apply("orders"),
                        List.of(new DatasetsPage.Row(
                                "/datasets/sales/orders",
                                "sales/orders",
                                text.apply("Orders of all shops"),
                                "alice",
                                "200,000",
                                "3.1 MiB",
                                "3",
                                NOW))));
        pages.put("datasets-none", new DatasetsPage(frame, "", List.of()));
        pages.put("dataset-new", new NewDatasetPage(frame, form()));
        pages.put("dataset", dataset(shown()));
        pages.put("dataset-empty", dataset(null));
        pages.put("dataset-delete", new DatasetDeletePage(frame, head(true), 3));
        pages.put("upload", new UploadPage(frame, head(true), 4));
        return pages;
    }

    private Form form() {
        return new Form(
                Map.of(
                        "name",
                        text.apply("sales/orders"),
                        "description",
                        text.apply("Orders"),
                        "tags",
                        text.apply("team = sales"),
                        "readers",
                        text.apply("bob")),
                Map.of("readers", text.apply("It must be names.")),
                null);
    }

    private DatasetHead head(boolean managed) {
        return new DatasetHead(
                ADDRESS,
                text.apply("Orders of all shops"),
                "alice",
                true,
                managed,
                text.apply("files of a connection"),
                "everybody",
                Map.of(text.apply("team"), text.apply("sales")),
                NOW);
    }

    private DatasetPage dataset(DatasetPage.Shown shown) {
        OriginView origin = new OriginView(
                new OriginView.Place(text.apply("forest"), "/experiments/1/runs/a"),
                new OriginView.Place(text.apply("churn"), null));
        return new DatasetPage(
                frame,
                head(shown == null),
                form(),
                List.of(VersionRow.of(ADDRESS, version(), origin, Samples.NOW)),
                7,
                DatasetSnippet.reading(ADDRESS.name(), version(), 3L),
                shown,
                List.of(new DatasetPage.ReadRow("bob", NOW, 3, text.apply("qty > 3"), origin)));
    }

    private DatasetVersion version() {
        return new DatasetVersion(
                3,
                Samples.NOW,
                new UserName("alice"),
                text.apply("without the returns"),
                DatasetFormat.PARQUET,
                null,
                200_000L,
                3_250_000,
                2,
                "0".repeat(64),
                List.of(),
                List.of(),
                new Origin(null, null));
    }

    private DatasetPage.Shown shown() {
        return DatasetPage.Shown.of(
                ADDRESS,
                version(),
                false,
                TableView.of(preview(), TableView.FIRST),
                DatasetFiles.of(
                        ADDRESS,
                        3,
                        List.of(
                                new VersionFile(new FilePath(text.apply("part-0.parquet")), 1, "0", null, null),
                                new VersionFile(new FilePath(text.apply("shop") + ".png"), 12_345, "0", null, null))),
                Samples.NOW);
    }

    private TablePreview preview() {
        return new TablePreview(
                200_000,
                List.of(
                        new ColumnProfile(
                                new Column(text.apply("qty"), ColumnType.INT64),
                                200_000,
                                50,
                                199,
                                0L,
                                199L,
                                99.5,
                                List.of(0.0, 50.0, 100.0, 150.0, 199.0),
                                new Histogram(List.of(0.0, 100.0, 199.0), List.of(120_000L, 79_950L)),
                                List.of()),
                        new ColumnProfile(
                                new Column(text.apply("shop"), ColumnType.TEXT),
                                200_000,
                                0,
                                3,
                                text.apply("Aachen"),
                                text.apply("Zwickau"),
                                null,
                                List.of(),
                                null,
                                List.of(new Frequent(text.apply("Bonn"), 90_000), new Frequent("", 3)))),
                List.of(List.of(1L, text.apply("Aachen")), Arrays.asList(null, text.apply("Bonn"))));
    }
}
