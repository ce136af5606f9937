package io.benchtop.service.model.jdbc;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.reflect.TypeToken;
import io.benchtop.api.model.ModelCheck;
import io.benchtop.api.model.ModelDataset;
import io.benchtop.api.model.ModelNotebook;
import io.benchtop.api.model.ModelSignature;
import io.benchtop.service.dataset.FilePath;
import io.benchtop.service.identity.UserName;
import io.benchtop.service.model.ModelFormat;
import io.benchtop.service.model.ModelState;
import io.benchtop.service.model.Provenance;
import io.benchtop.service.model.Publication;
import io.benchtop.service.model.PublishedFile;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is kept as JSON. */
final class ModelJson {

    private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();

    private ModelJson() {}

    static String write(Map<String, String> tags) {
        return GSON.toJson(tags);
    }

    static Map<String, String> tags(String json) {
        return GSON.fromJson(json, new TypeToken<Map<String, String>>() {});
    }

    static String write(Publication publication) {
        return GSON.toJson(new PublicationRow(
                publication.files().stream()
                        .map(file -> new FileRow(file.path().value(), file.size(), file.sha256()))
                        .toList(),
                publication.signature(),
                publication.metrics(),
                publication.provenance().run(),
                publication.provenance().datasets(),
                publication.provenance().notebook(),
                publication.provenance().image(),
                publication.provenance().source()));
    }

    static Publication publication(String json, ModelFormat format, UserName createdBy, Instant createdAt) {
        PublicationRow row = GSON.fromJson(json, PublicationRow.class);
        return new Publication(
                format,
                row.files.stream()
                        .map(file -> new PublishedFile(new FilePath(file.path), file.size, file.sha256))
                        .toList(),
                row.signature,
                row.metrics,
                new Provenance(row.run, row.datasets, row.notebook, row.image, row.source),
                createdBy,
                createdAt);
    }

    static String write(ModelState state) {
        return GSON.toJson(
                switch (state) {
                    case ModelState.Uploading uploading ->
                        new StateRow(
                                uploading.arrived().stream()
                                        .map(FilePath::value)
                                        .collect(Collectors.toCollection(TreeSet::new)),
                                null,
                                null,
                                null,
                                null);
                    case ModelState.Checking _ -> new StateRow(null, null, null, null, null);
                    case ModelState.Ready ready -> new StateRow(null, ready.check(), null, ready.message(), null);
                    case ModelState.Refused refused ->
                        new StateRow(null, null, refused.reason(), refused.message(), null);
                    case ModelState.Deleted deleted ->
                        new StateRow(
                                null,
                                null,
                                deleted.at().toString(),
                                null,
                                deleted.by().value());
                });
    }

    static ModelState state(String code, String json, @Nullable Instant expiresAt) {
        StateRow row = GSON.fromJson(json, StateRow.class);
        return switch (code) {
            case "UPLOADING" ->
                new ModelState.Uploading(
                        expiresAt == null ? Instant.EPOCH : expiresAt,
                        (row.arrived == null ? Set.<String>of() : row.arrived)
                                .stream().map(FilePath::new).collect(Collectors.toSet()));
            case "CHECKING" -> new ModelState.Checking();
            case "READY" -> new ModelState.Ready(row.check, text(row.message));
            case "REFUSED" -> new ModelState.Refused(text(row.reason), text(row.message));
            case "DELETED" -> new ModelState.Deleted(new UserName(text(row.by)), Instant.parse(text(row.reason)));
            default -> throw new IllegalStateException("a version in an unknown state: " + code);
        };
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }

    private record FileRow(String path, long size, String sha256) {}

    private record PublicationRow(
            List<FileRow> files,
            @Nullable ModelSignature signature,
            Map<String, Double> metrics,
            @Nullable String run,
            List<ModelDataset> datasets,
            @Nullable ModelNotebook notebook,
            @Nullable String image,
            @Nullable String source) {}

    /** @param reason of a refusal, or when it was deleted */
    private record StateRow(
            @Nullable Set<String> arrived,
            @Nullable ModelCheck check,
            @Nullable String reason,
            @Nullable String message,
            @Nullable String by) {}
}
