package io.benchtop.api.endpoint;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint: what it serves now, and what it is on its way to.
 *
 * @param name also the name of the model that inference clients ask for
 * @param model the registered model whose versions answer
 * @param url where clients call it, on Benchtop's own address; {@code /v2/models/<name>/infer} follows
 * @param callers who may call it beside the owner; {@code *} for everybody who is signed in
 * @param arms every version that runs or is to run, the one with the largest share first
 * @param shadow the version that is asked copies; null for none
 * @param rollout what is on its way
 * @param inForce whether every proxy goes by what is told here: requests are shared out like this, not as they were a moment before
 * @param settings what the owner chose
 * @param history what happened, the newest first
 * @param createdAt ISO-8601 instant
 * @param changedAt ISO-8601 instant
 */
public record Endpoint(
        String name,
        String owner,
        String model,
        String url,
        List<String> callers,
        List<Arm> arms,
        @Nullable Shadow shadow,
        Rollout rollout,
        boolean inForce,
        EndpointSettings settings,
        List<Event> history,
        String createdAt,
        String changedAt) {

    public Endpoint {
        requireNonNull(name, "name is null");
        requireNonNull(owner, "owner is null");
        requireNonNull(model, "model is null");
        requireNonNull(url, "url is null");
        requireNonNull(rollout, "rollout is null");
        requireNonNull(settings, "settings is null");
        callers = List.copyOf(callers);
        arms = List.copyOf(arms);
        history = List.copyOf(history);
    }

    /**
     * One version behind the endpoint; what it did is of the last ten minutes.
     *
     * @param percent of the requests, 0 to 100
     * @param state {@code STARTING}, {@code READY}, {@code ASLEEP} or {@code FAILED}
     * @param stateMessage a sentence on why it is not ready; null if it is
     * @param replicas how many model-servers are wanted at least while it is awake
     * @param readyReplicas how many model-servers answer
     * @param errorRate share of answers that were errors of the server, 0 to 1
     * @param p50Millis half of the answers were there by then; null without any
     * @param p99Millis 99 of 100 answers were there by then; null without any
     */
    public record Arm(
            String version,
            double percent,
            String state,
            @Nullable String stateMessage,
            int replicas,
            int readyReplicas,
            long requests,
            double errorRate,
            @Nullable Double p50Millis,
            @Nullable Double p99Millis) {

        public Arm {
            requireNonNull(version, "version is null");
            requireNonNull(state, "state is null");
        }
    }

    /** A version that is asked copies of requests. */
    public record Shadow(String version, int percent) {}

    /**
     * What is on its way.
     *
     * @param phase {@code STABLE}, {@code SWITCHING} to a version that is not ready yet, {@code PROGRESSING} step by step, or {@code
     *     ROLLED_BACK}
     * @param candidate the version that it is about; null when stable
     * @param control what the candidate is measured against; null but while progressing
     * @param step counts from 1; 0 while the candidate is not ready yet; null but while progressing
     * @param steps the plan's percents; none but while progressing
     * @param code why it was rolled back, such as {@code ERROR_RATE}; null otherwise
     * @param message a sentence
     * @param since ISO-8601 instant since when it is so
     */
    public record Rollout(
            String phase,
            @Nullable String candidate,
            @Nullable String control,
            @Nullable Integer step,
            List<Integer> steps,
            @Nullable String code,
            String message,
            String since) {

        public Rollout {
            requireNonNull(phase, "phase is null");
            requireNonNull(message, "message is null");
            steps = List.copyOf(steps);
        }
    }

    /** Something that happened. */
    public record Event(String at, String actor, String code, String message) {}
}
