package io.benchtop.service.http.api;

import static java.util.Objects.requireNonNull;

import io.benchtop.api.model.Model;
import io.benchtop.api.model.ModelCheck;
import io.benchtop.api.model.ModelFile;
import io.benchtop.api.model.ModelSignature;
import io.benchtop.api.model.ModelVersion;
import io.benchtop.service.model.Approval;
import io.benchtop.service.model.ModelState;
import io.benchtop.service.model.Models;
import io.benchtop.service.model.Models.Found;
import io.benchtop.service.model.Provenance;
import io.benchtop.service.model.Publication;
import io.benchtop.service.model.PublishedFile;
import io.benchtop.service.model.RegisteredModel;
import jakarta.inject.Singleton;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Models and versions as the wire's records tell them. */
@Singleton
final class ModelDescriptions {

    private final Models models;

    ModelDescriptions(Models models) {
        this.models = requireNonNull(models, "models is null");
    }

    Model model(io.benchtop.service.identity.Caller caller, RegisteredModel model) {
        Map<Long, String> versions = model.aliases().isEmpty()
                ? Map.of()
                : models.versions(caller, model.name()).stream()
                        .collect(Collectors.toMap(
                                io.benchtop.service.model.ModelVersion::number,
                                each -> each.version().toString(),
                                (first, _) -> first));
        Map<String, String> aliases = new TreeMap<>();
        model.aliases().forEach((alias, number) -> aliases.put(alias.value(), versions.getOrDefault(number, "")));
        return new Model(
                model.name().value(),
                model.owner().value(),
                model.description(),
                List.copyOf(model.readers()),
                List.copyOf(model.publishers()),
                model.approvalRequired(),
                aliases,
                models.latest(model)
                        .map(version -> version(new Found(model, version)))
                        .orElse(null),
                model.createdAt().toString(),
                model.changedAt().toString());
    }

    static ModelVersion version(Found found) {
        io.benchtop.service.model.ModelVersion version = found.version();
        Publication publication = version.publication();
        Provenance provenance = publication.provenance();
        Approval approval = version.approval();
        return new ModelVersion(
                found.model().name().value(),
                version.version().toString(),
                version.number(),
                version.state().code(),
                version.state() instanceof ModelState.Refused refused ? refused.reason() : null,
                message(version.state()),
                publication.format().code(),
                version.isServable(),
                publication.files().stream()
                        .sorted(Comparator.comparing(PublishedFile::path))
                        .map(file -> new ModelFile(file.path().value(), file.size(), file.sha256()))
                        .toList(),
                signature(version),
                version.description(),
                publication.metrics(),
                provenance.run(),
                provenance.datasets(),
                provenance.notebook(),
                provenance.image(),
                publication.createdBy().value(),
                publication.createdAt().toString(),
                check(version),
                approval.status().name(),
                approval.by() == null ? null : approval.by().value(),
                approval.by() == null ? null : approval.comment(),
                Models.aliases(found.model(), version));
    }

    private static @Nullable String message(ModelState state) {
        return switch (state) {
            case ModelState.Ready ready -> ready.message().isEmpty() ? null : ready.message();
            case ModelState.Refused refused -> refused.message();
            case ModelState.Deleted deleted -> "Deleted by " + deleted.by() + " at " + deleted.at() + ".";
            case ModelState.Uploading uploading ->
                uploading.arrived().size() + " files are there; removed at " + uploading.expiresAt()
                        + " if it is not committed.";
            case ModelState.Checking _ -> null;
        };
    }

    private static @Nullable ModelCheck check(io.benchtop.service.model.ModelVersion version) {
        return version.state() instanceof ModelState.Ready ready ? ready.check() : null;
    }

    /** What was told, or else what the check found. */
    private static @Nullable ModelSignature signature(io.benchtop.service.model.ModelVersion version) {
        ModelSignature told = version.publication().signature();
        ModelCheck check = check(version);
        return told == null && check != null ? new ModelSignature(check.inputs(), check.outputs()) : told;
    }

    /** All of a list by one function. */
    static <T, R> List<R> all(List<T> items, Function<T, R> told) {
        return items.stream().map(told).toList();
    }
}
