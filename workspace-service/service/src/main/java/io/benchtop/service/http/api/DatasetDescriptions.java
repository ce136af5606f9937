package io.benchtop.service.http.api;

import io.benchtop.api.dataset.Column;
import io.benchtop.api.dataset.ColumnProfile;
import io.benchtop.api.dataset.DatasetSummary;
import io.benchtop.api.dataset.FrequentValue;
import io.benchtop.api.dataset.Histogram;
import io.benchtop.api.dataset.Plan;
import io.benchtop.api.dataset.PlanFile;
import io.benchtop.api.dataset.Preview;
import io.benchtop.api.dataset.Source;
import io.benchtop.api.dataset.Upload;
import io.benchtop.api.dataset.UploadFile;
import io.benchtop.api.dataset.Version;
import io.benchtop.api.dataset.VersionFile;
import io.benchtop.service.dataset.Dataset;
import io.benchtop.service.dataset.DatasetName;
import io.benchtop.service.dataset.DatasetSource;
import io.benchtop.service.dataset.DatasetVersion;
import io.benchtop.service.dataset.FilePath;
import io.benchtop.service.dataset.Reads.Opened;
import io.benchtop.service.dataset.Reads.OpenedFile;
import io.benchtop.service.dataset.Uploads.State;
import io.benchtop.service.problem.ProblemException;
import io.benchtop.service.table.ColumnType;
import io.benchtop.service.table.TablePreview;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Datasets and what belongs to them as the wire has them. */
final class DatasetDescriptions {

    private DatasetDescriptions() {}

    static DatasetSummary summary(Dataset dataset) {
        return all(dataset, false).summary();
    }

    static io.benchtop.api.dataset.Dataset all(Dataset dataset, boolean mine) {
        DatasetVersion latest = dataset.latest();
        return new io.benchtop.api.dataset.Dataset(
                dataset.name().toString(),
                dataset.description(),
                dataset.owner().value(),
                dataset.tags(),
                dataset.source().kind(),
                latest == null ? null : version(latest),
                dataset.changedAt().toString(),
                source(dataset.source(), mine),
                List.copyOf(dataset.readers()),
                mine,
                dataset.createdAt().toString());
    }

    /** Where data lies outside is told to those who may change it only. */
    private static Source source(DatasetSource source, boolean mine) {
        if (!mine) {
            return new Source(source.kind(), null, null, null, null, null, null);
        }
        return switch (source) {
            case DatasetSource.Managed managed -> new Source(managed.kind(), null, null, null, null, null, null);
            case DatasetSource.Files files ->
                new Source(files.kind(), files.connection(), files.path(), null, null, null, null);
            case DatasetSource.Table table ->
                new Source(table.kind(), table.connection(), null, null, table.schema(), table.table(), null);
            case DatasetSource.Query query ->
                new Source(query.kind(), query.connection(), null, null, null, null, query.query());
        };
    }

    static DatasetSource source(@Nullable Source asked) {
        if (asked == null || asked.kind() == null) {
            return new DatasetSource.Managed();
        }
        return switch (asked.kind()) {
            case "managed" -> new DatasetSource.Managed();
            case "files" ->
                new DatasetSource.Files(
                        Required.field("source.connection", asked.connection()),
                        stripped(Required.field("source.path", asked.path())));
            case "table" ->
                new DatasetSource.Table(
                        Required.field("source.connection", asked.connection()),
                        asked.schema(),
                        Required.field("source.table", asked.table()));
            case "query" ->
                new DatasetSource.Query(
                        Required.field("source.connection", asked.connection()),
                        Required.field("source.query", asked.query()));
            default -> throw ProblemException.invalidField("source.kind", "must be managed, files, table or query");
        };
    }

    private static String stripped(String path) {
        String inner = path.replaceAll("^/+|/+$", "");
        return inner.isEmpty() ? "" : new FilePath(inner).value();
    }

    static Version version(DatasetVersion version) {
        return new Version(
                version.number(),
                version.createdAt().toString(),
                version.createdBy().value(),
                version.note(),
                version.format().code(),
                version.rows(),
                version.bytes(),
                version.fileCount(),
                version.digest(),
                columns(version.columns()),
                version.partitions(),
                version.origin().run(),
                version.origin().workspace());
    }

    static List<Column> columns(List<io.benchtop.service.table.Column> columns) {
        return columns.stream().map(DatasetDescriptions::column).toList();
    }

    private static Column column(io.benchtop.service.table.Column column) {
        return new Column(
                column.name(),
                column.type().code(),
                column.nullable(),
                column.type() == ColumnType.DECIMAL ? (Integer) column.scale() : null,
                switch (column.type()) {
                    case INSTANT -> Boolean.TRUE;
                    case TIMESTAMP -> Boolean.FALSE;
                    default -> null;
                });
    }

    static VersionFile file(io.benchtop.service.dataset.VersionFile file) {
        return new VersionFile(file.path().value(), file.size(), file.sha256(), file.state(), file.rows());
    }

    static Preview preview(DatasetVersion version, TablePreview preview) {
        return new Preview(
                version.number(),
                version.createdAt().toString(),
                preview.columns().stream().map(DatasetDescriptions::profile).toList(),
                preview.rows(),
                preview.rowCount() > preview.rows().size());
    }

    private static ColumnProfile profile(io.benchtop.service.table.ColumnProfile profile) {
        io.benchtop.service.table.ColumnProfile.Histogram histogram = profile.histogram();
        return new ColumnProfile(
                profile.column().name(),
                profile.column().type().code(),
                profile.column().nullable(),
                profile.count(),
                profile.nulls(),
                profile.distinct(),
                profile.min(),
                profile.max(),
                profile.mean(),
                profile.quantiles().isEmpty() ? null : profile.quantiles(),
                histogram == null ? null : new Histogram(histogram.edges(), histogram.counts()),
                profile.frequent().stream()
                        .map(each -> new FrequentValue(each.value(), each.count()))
                        .toList());
    }

    static Upload upload(State state) {
        return new Upload(
                state.upload().id().value(),
                state.files().stream()
                        .map(file -> new UploadFile(file.path().value(), file.size()))
                        .toList(),
                state.upload().expiresAt().toString());
    }

    static Plan plan(Opened opened) {
        DatasetName name = opened.dataset().name();
        boolean table = opened.dataset().source() instanceof DatasetSource.Table
                || opened.dataset().source() instanceof DatasetSource.Query;
        return new Plan(
                opened.read().id(),
                name.toString(),
                version(opened.version()),
                columns(opened.columns()),
                opened.expiresAt().toString(),
                opened.files().stream()
                        .map(file -> file(name, opened.version().number(), file))
                        .toList(),
                opened.hasRows() ? address(name) + "/reads/" + opened.read().id() + "/arrow" : null,
                opened.folder().orElse(null),
                !table,
                table ? "Rows of a database are read as they are now, whichever version is opened." : null);
    }

    private static PlanFile file(DatasetName name, long version, OpenedFile opened) {
        Optional<URI> presigned = opened.presigned();
        io.benchtop.service.dataset.VersionFile file = opened.file();
        return new PlanFile(
                file.path().value(),
                file.size(),
                file.rows(),
                file.sha256(),
                presigned
                        .map(URI::toString)
                        .orElseGet(() -> address(name) + "/versions/" + version + "/files/" + encoded(file.path())),
                presigned.isPresent() ? "presigned" : "raw",
                file.path().partition());
    }

    private static String address(DatasetName name) {
        return "/api/v1/datasets/" + name;
    }

    private static String encoded(FilePath path) {
        return Arrays.stream(path.value().split("/", -1))
                .map(each -> URLEncoder.encode(each, StandardCharsets.UTF_8).replace("+", "%20"))
                .collect(Collectors.joining("/"));
    }
}
