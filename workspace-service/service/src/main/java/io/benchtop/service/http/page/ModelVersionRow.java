package io.benchtop.service.http.page;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.model.Approval;
import io.benchtop.service.model.ModelVersion;
import io.benchtop.service.model.Models;
import io.benchtop.service.model.PublishedFile;
import io.benchtop.service.model.RegisteredModel;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One version of a model among the others. */
record ModelVersionRow(
        String version,
        String address,
        boolean deleted,
        boolean ready,
        boolean servable,
        Condition state,
        String format,
        String size,
        Map<String, String> metrics,
        List<String> aliases,
        String approval,
        String by,
        HumaneTime made) {

    ModelVersionRow {
        requireNonNull(state, "state is null");
        metrics = new TreeMap<>(metrics);
        aliases = List.copyOf(aliases);
    }

    static ModelVersionRow of(RegisteredModel model, ModelVersion version, Instant now) {
        Map<String, String> metrics = new TreeMap<>();
        version.publication().metrics().forEach((name, value) -> metrics.put(name, HumaneNumber.text(value)));
        return new ModelVersionRow(
                version.version().toString(),
                new ModelAddress(model.name()).version(version.version()),
                version.isDeleted(),
                version.isReady(),
                version.isServable(),
                Condition.of(version.state()),
                version.publication().format().code(),
                HumaneBytes.size(version.publication().files().stream()
                        .mapToLong(PublishedFile::size)
                        .sum()),
                metrics,
                Models.aliases(model, version),
                approval(version.approval()),
                version.publication().createdBy().value(),
                HumaneTime.relative(version.publication().createdAt(), now));
    }

    /** In words; empty where nobody has to say anything. */
    static String approval(Approval approval) {
        return switch (approval.status()) {
            case NOT_NEEDED -> "";
            case PENDING -> "waits for a second person";
            case APPROVED -> "approved by " + approval.by();
            case REJECTED -> "rejected by " + approval.by();
        };
    }
}
