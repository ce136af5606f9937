package io.benchtop.service.experiment;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.problem.ProblemException;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A model that a program logged; its files are artifacts of its experiment.
 *
 * @param id {@code m-} and 32 hexadecimal digits
 * @param sourceRun id of the run that made it; null if none did
 * @param type the client's word for what made it, or empty
 * @param createdAt in milliseconds since 1970
 * @param changedAt in milliseconds since 1970
 */
public record LoggedModel(
        String id,
        ExperimentId experiment,
        String name,
        String owner,
        @Nullable String sourceRun,
        Status status,
        String type,
        long createdAt,
        long changedAt,
        Map<String, String> params,
        Map<String, String> tags) {

    /** Whether its files are all there, by MLflow's names. */
    public enum Status {
        LOGGED_MODEL_PENDING,
        LOGGED_MODEL_READY,
        LOGGED_MODEL_UPLOAD_FAILED
    }

    private static final Pattern ID = Pattern.compile("m-[0-9a-f]{32}");

    public LoggedModel {
        if (!isId(id)) {
            throw new IllegalArgumentException("no id of a model: " + id);
        }
        requireNonNull(experiment, "experiment is null");
        TrackingLimits.checkName(name);
        requireNonNull(owner, "owner is null");
        requireNonNull(status, "status is null");
        requireNonNull(type, "type is null");
        params = RunBatch.mapped(params, TrackingLimits::param);
        tags = RunBatch.mapped(tags, TrackingLimits::runTag);
    }

    static String freshId() {
        return "m-" + UUID.randomUUID().toString().replace("-", "");
    }

    static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    static void requireId(String text) {
        if (!isId(text)) {
            throw ProblemException.invalidField(
                    "model_id", "must be the id of a logged model: m- and 32 hexadecimal digits");
        }
    }

    LoggedModel in(Status now, long at) {
        return new LoggedModel(id, experiment, name, owner, sourceRun, now, type, createdAt, at, params, tags);
    }

    LoggedModel tagged(Map<String, String> more, long at) {
        return new LoggedModel(
                id, experiment, name, owner, sourceRun, status, type, createdAt, at, params, joined(tags, more));
    }

    LoggedModel withoutTag(String key, long at) {
        Map<String, String> fewer = new HashMap<>(tags);
        fewer.remove(key);
        return new LoggedModel(id, experiment, name, owner, sourceRun, status, type, createdAt, at, params, fewer);
    }

    LoggedModel withParams(Map<String, String> more, long at) {
        return new LoggedModel(
                id, experiment, name, owner, sourceRun, status, type, createdAt, at, joined(params, more), tags);
    }

    private static Map<String, String> joined(Map<String, String> some, Map<String, String> more) {
        Map<String, String> all = new HashMap<>(some);
        all.putAll(more);
        return all;
    }
}
