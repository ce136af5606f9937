package io.benchtop.service.experiment;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Port: where runs are kept, and what is logged of them. */
public interface RunRepository {

    void insert(ExperimentRun run);

    Optional<ExperimentRun> find(RunId id);

    /** With all that was logged of it. */
    Optional<RecordedRun> read(RunId id);

    /** Waits for nobody who logs to the run meanwhile. */
    void rename(RunId id, String name);

    /** Applies a change, but not of its name, to the run itself and gives what is stored then; others wait meanwhile. */
    Optional<ExperimentRun> change(RunId id, UnaryOperator<ExperimentRun> change);

    /** Deletes, or restores, all runs of an experiment. */
    void changeAll(ExperimentId experiment, boolean deleted);

    /**
     * Keeps all of a batch, or nothing. A value that was logged before, the same to the last digit, is kept once. The latest
     * value of each metric is the first by {@link Metric#BY_AGE} reversed, in whichever order they came.
     *
     * @throws io.benchtop.service.problem.ProblemException {@code INVALID_FIELD} if a parameter has another value already
     */
    void log(RunId id, RunBatch batch);

    /** True if there was one. */
    boolean removeTag(RunId id, String key);

    /** The same dataset in the same state again changes nothing. */
    void addInputs(RunId id, List<DatasetInput> inputs);

    /**
     * The same again changes nothing.
     *
     * @param models their ids
     */
    void addModelInputs(RunId id, List<String> models);

    /** The same again changes nothing. */
    void addOutputs(RunId id, List<ModelOutput> outputs);

    /** Every value of one metric, oldest first as {@link Metric#BY_AGE} says. */
    List<Metric> history(RunId id, String metric, int offset, int limit);

    /** Names of the metrics of which one of these runs has values at more than one step, in their order. */
    List<String> steppedMetrics(List<RunId> ids);

    /**
     * The courses of those of these metrics that the run has, by name.
     *
     * @param most how many points each has at most, as {@link CurveThinning} keeps them
     */
    List<Curve> curves(RunId id, List<String> metrics, int most);

    /** What a search finds, in its order. */
    List<RecordedRun> search(RunQuery query);

    /**
     * What is searched for.
     *
     * @param experiments the only ones that are looked into
     * @param deleted null for both those that were deleted and those that were not
     * @param filter all of it must hold
     * @param order the first counts most; the latest started comes first among equals
     */
    record RunQuery(
            List<ExperimentId> experiments,
            @Nullable Boolean deleted,
            List<RunCondition> filter,
            List<RunOrder> order,
            int offset,
            int limit) {

        public RunQuery {
            experiments = List.copyOf(experiments);
            filter = List.copyOf(filter);
            order = List.copyOf(order);
        }
    }
}
