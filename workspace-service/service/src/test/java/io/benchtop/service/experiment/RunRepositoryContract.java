package io.benchtop.service.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.benchtop.service.experiment.RunRepository.RunQuery;
import io.benchtop.service.identity.UserName;
import io.benchtop.service.problem.ProblemException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What every repository of runs holds to. */
public abstract class RunRepositoryContract {

    private static final UserName ALICE = new UserName("alice");
    private static final String MODEL = "m-" + "1".repeat(32);
    private static final String OTHER = "m-" + "2".repeat(32);
    private static final ExperimentId IRIS = new ExperimentId("123");

    /** Empty. */
    protected abstract RunRepository runs();

    /** Makes an experiment that runs may belong to. */
    protected abstract void experiment(Experiment experiment);

    @BeforeEach
    void insertExperiment() {
        experiment(new Experiment(IRIS, ALICE, "iris", false, 1, 1, Map.of()));
    }

    private ExperimentRun run(String name, long startedAt) {
        ExperimentRun run =
                new ExperimentRun(RunId.random(), IRIS, name, ALICE, RunStatus.RUNNING, startedAt, null, false);
        runs().insert(run);
        return run;
    }

    @Test
    void keepsAllThatWasLogged() {
        // Given
        ExperimentRun run = run("first", 1_700_000_000_000L);
        DatasetInput orders =
                new DatasetInput("orders", "ab12", "benchtop", "{\"v\":1}", "{}", null, Map.of("context", "training"));

        // When
        runs().log(
                        run.id(),
                        new RunBatch(
                                List.of(
                                        new Metric("loss", 0.5, 10, 1),
                                        new Metric("loss", 0.25, 20, 2),
                                        new Metric("nan", Double.NaN, 10, 0),
                                        new Metric("least", Double.NEGATIVE_INFINITY, 10, -1)),
                                Map.of("lr", "3e-4", "empty", ""),
                                Map.of("note", "ü ☃")));
        runs().addInputs(run.id(), List.of(orders, orders));
        runs().addOutputs(run.id(), List.of(new ModelOutput(OTHER, 2), new ModelOutput(MODEL, 1)));
        runs().addOutputs(run.id(), List.of(new ModelOutput(MODEL, 1)));
        runs().change(run.id(), before -> before.in(RunStatus.FINISHED, 1_700_000_000_500L));

        // Then
        RecordedRun read = runs().read(run.id()).orElseThrow();
        assertThat(read.run()).isEqualTo(run.in(RunStatus.FINISHED, 1_700_000_000_500L));
        assertThat(read.params()).isEqualTo(Map.of("lr", "3e-4", "empty", ""));
        assertThat(read.tags()).isEqualTo(Map.of("note", "ü ☃"));
        assertThat(read.metrics())
                .containsExactly(
                        new Metric("least", Double.NEGATIVE_INFINITY, 10, -1),
                        new Metric("loss", 0.25, 20, 2),
                        new Metric("nan", Double.NaN, 10, 0));
        assertThat(read.inputs()).containsExactly(orders);
        assertThat(read.outputs()).containsExactly(new ModelOutput(MODEL, 1), new ModelOutput(OTHER, 2));
    }

    @Test
    void theLatestValueIsThatOfTheHighestStepHoweverTheyCome() {
        // Given
        ExperimentRun run = run("late", 1);

        // When
        runs().log(run.id(), new RunBatch(List.of(new Metric("loss", 1, 50, 5)), Map.of(), Map.of()));
        runs().log(run.id(), new RunBatch(List.of(new Metric("loss", 2, 99, 4)), Map.of(), Map.of()));
        runs().log(run.id(), new RunBatch(List.of(new Metric("loss", 3, 60, 5)), Map.of(), Map.of()));
        runs().log(run.id(), new RunBatch(List.of(new Metric("loss", 2.5, 60, 5)), Map.of(), Map.of()));
        runs().log(run.id(), new RunBatch(List.of(new Metric("loss", 3, 60, 5)), Map.of(), Map.of()));

        // Then
        assertThat(runs().read(run.id()).orElseThrow().metrics()).containsExactly(new Metric("loss", 3, 60, 5));
        assertThat(runs().history(run.id(), "loss", 0, 10))
                .containsExactly(
                        new Metric("loss", 2, 99, 4),
                        new Metric("loss", 1, 50, 5),
                        new Metric("loss", 2.5, 60, 5),
                        new Metric("loss", 3, 60, 5));
        assertThat(runs().history(run.id(), "loss", 1, 2)).hasSize(2);
    }

    @Test
    void aParameterKeepsItsFirstValueAndARefusedBatchLeavesNothing() {
        // Given
        ExperimentRun run = run("steady", 1);
        runs().log(run.id(), RunBatch.param("lr", "0.1"));

        // When
        runs().log(run.id(), RunBatch.param("lr", "0.1"));
        RunBatch changed =
                new RunBatch(List.of(new Metric("loss", 1, 1, 1)), Map.of("lr", "0.2", "depth", "3"), Map.of("a", "b"));

        // Then
        assertThatThrownBy(() -> runs().log(run.id(), changed))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("\"lr\" was logged as \"0.1\" and cannot become \"0.2\"");
        RecordedRun read = runs().read(run.id()).orElseThrow();
        assertThat(read.params()).isEqualTo(Map.of("lr", "0.1"));
        assertThat(read.tags()).isEmpty();
        assertThat(read.metrics()).isEmpty();
        assertThat(runs().history(run.id(), "loss", 0, 10)).isEmpty();
    }

    @Test
    void aTagTakesItsLastValueAndCanGo() {
        // Given
        ExperimentRun run = run("tagged", 1);

        // When
        runs().log(run.id(), RunBatch.tag("stage", "a"));
        runs().log(run.id(), RunBatch.tag("stage", "b"));

        // Then
        assertThat(runs().read(run.id()).orElseThrow().tags()).isEqualTo(Map.of("stage", "b"));
        assertThat(runs().removeTag(run.id(), "stage")).isTrue();
        assertThat(runs().removeTag(run.id(), "stage")).isFalse();
    }

    @Test
    void manyMayLogToOneRunAtOnce() {
        // Given
        ExperimentRun run = run("busy", 1);

        // When
        List<CompletableFuture<Void>> writers = IntStream.range(0, 8)
                .mapToObj(writer -> CompletableFuture.runAsync(
                        () -> IntStream.range(0, 10)
                                .forEach(step -> runs().log(
                                                run.id(),
                                                new RunBatch(
                                                        List.of(
                                                                new Metric("b", writer, step, step),
                                                                new Metric("a", writer, step, step)),
                                                        Map.of("same", "for all"),
                                                        Map.of("writer", "" + writer)))),
                        Thread::startVirtualThread))
                .toList();
        writers.forEach(CompletableFuture::join);

        // Then
        assertThat(runs().history(run.id(), "a", 0, 1000)).hasSize(80);
        assertThat(runs().read(run.id()).orElseThrow().metrics())
                .containsExactly(new Metric("a", 7, 9, 9), new Metric("b", 7, 9, 9));
    }

    static Stream<Arguments> searches() {
        return Stream.of(
                Arguments.of("", List.of(), List.of("third", "second", "first")),
                Arguments.of("metrics.loss < 0.4", List.of(), List.of("second")),
                Arguments.of("metrics.loss != 0.5", List.of("start_time"), List.of("second", "third")),
                Arguments.of("params.model = 'tree'", List.of(), List.of("third", "first")),
                Arguments.of("params.model LIKE 't%'", List.of("run_name ASC"), List.of("first", "third")),
                Arguments.of("params.model LIKE 'T%'", List.of(), List.of()),
                Arguments.of("params.model LIKE 't\\'", List.of(), List.of()),
                Arguments.of("params.model LIKE '_r__'", List.of(), List.of("third", "first")),
                Arguments.of("params.model ILIKE 'T%'", List.of(), List.of("third", "first")),
                Arguments.of("params.model IS NULL", List.of(), List.of()),
                Arguments.of("params.depth IS NULL", List.of(), List.of("third", "second")),
                Arguments.of("params.depth IS NOT NULL", List.of(), List.of("first")),
                Arguments.of("tags.`a b` = 'c' AND params.model = 'tree'", List.of(), List.of("first")),
                Arguments.of("status IN ('FINISHED', 'KILLED')", List.of(), List.of("second")),
                Arguments.of("status NOT IN ('FINISHED')", List.of(), List.of("third", "first")),
                Arguments.of("start_time > 1 and start_time <= 2", List.of(), List.of("second")),
                Arguments.of("dataset.name = 'orders'", List.of(), List.of("second")),
                Arguments.of("datasets.digest = '1'", List.of(), List.of("second")),
                Arguments.of("dataset.context = 'training'", List.of(), List.of("second")),
                Arguments.of("dataset.context != 'training'", List.of(), List.of("third")),
                Arguments.of("dataset.context LIKE 't%'", List.of("start_time"), List.of("second", "third")),
                Arguments.of("", List.of("metrics.loss"), List.of("second", "first", "third")),
                Arguments.of("", List.of("metrics.loss DESC"), List.of("first", "second", "third")),
                Arguments.of("", List.of("metrics.other DESC"), List.of("third", "second", "first")),
                Arguments.of("", List.of("params.model", "start_time ASC"), List.of("second", "first", "third")),
                Arguments.of("params.x = '' or 1=1 --'", null, null),
                Arguments.of("params.`x' or '1'='1` = 'y'", List.of(), List.of()));
    }

    @ParameterizedTest
    @MethodSource("searches")
    void findsWhatIsAskedForInTheOrderAskedFor(String filter, List<String> order, List<String> expected) {
        // Given
        ExperimentRun first = run("first", 1);
        runs().log(
                        first.id(),
                        new RunBatch(
                                List.of(new Metric("loss", 0.5, 1, 1)),
                                Map.of("model", "tree", "depth", "3"),
                                Map.of("a b", "c")));
        ExperimentRun second = run("second", 2);
        runs().log(
                        second.id(),
                        new RunBatch(List.of(new Metric("loss", 0.25, 1, 1)), Map.of("model", "net"), Map.of()));
        runs().change(second.id(), before -> before.in(RunStatus.FINISHED, 3L));
        runs().addInputs(second.id(), List.of(input("orders", Map.of("mlflow.data.context", "training"))));
        ExperimentRun third = run("third", 3);
        runs().log(
                        third.id(),
                        new RunBatch(List.of(new Metric("loss", Double.NaN, 1, 1)), Map.of("model", "tree"), Map.of()));
        runs().addInputs(
                        third.id(),
                        List.of(input("others", Map.of("mlflow.data.context", "test")), input("bare", Map.of())));
        ExperimentRun gone = run("gone", 4);
        runs().change(gone.id(), before -> before.deleted(true));

        // Then
        if (expected == null) {
            assertThatThrownBy(() -> RunSearch.conditions(filter)).isInstanceOf(ProblemException.class);
            return;
        }
        RunQuery query = new RunQuery(
                List.of(IRIS),
                false,
                RunSearch.conditions(filter),
                order.stream().map(RunSearch::order).toList(),
                0,
                10);
        assertThat(runs().search(query)).extracting(found -> found.run().name()).isEqualTo(expected);
    }

    private static DatasetInput input(String name, Map<String, String> tags) {
        return new DatasetInput(name, name.equals("orders") ? "1" : "2", "", "", null, null, tags);
    }

    @Test
    void allRunsOfAnExperimentGoAndComeTogether() {
        // Given
        ExperimentId other = new ExperimentId("124");
        experiment(new Experiment(other, ALICE, "other", false, 1, 1, Map.of()));
        ExperimentRun first = run("first", 1);
        ExperimentRun second = run("second", 2);
        ExperimentRun elsewhere =
                new ExperimentRun(RunId.random(), other, "elsewhere", ALICE, RunStatus.RUNNING, 1, null, false);
        runs().insert(elsewhere);

        // When
        runs().changeAll(IRIS, true);

        // Then
        assertThat(runs().find(first.id())).contains(first.deleted(true));
        assertThat(runs().find(second.id())).contains(second.deleted(true));
        assertThat(runs().find(elsewhere.id())).contains(elsewhere);
        runs().changeAll(IRIS, false);
        assertThat(runs().find(first.id())).contains(first);
    }

    @Test
    void modelsThatARunReadAreKeptOnce() {
        // Given
        ExperimentRun reader = run("reader", 1);

        // When
        runs().addModelInputs(reader.id(), List.of(OTHER, MODEL));
        runs().addModelInputs(reader.id(), List.of(MODEL));

        // Then
        assertThat(runs().read(reader.id()).orElseThrow().modelInputs()).containsExactly(MODEL, OTHER);
    }

    @Test
    void looksOnlyIntoTheExperimentsNamedAndPagesThroughThem() {
        // Given
        ExperimentId other = new ExperimentId("124");
        experiment(new Experiment(other, ALICE, "other", false, 1, 1, Map.of()));
        IntStream.range(0, 5).forEach(number -> run("run " + number, number));

        // Then
        assertThat(names(List.of(IRIS), 0, 2)).containsExactly("run 4", "run 3");
        assertThat(names(List.of(IRIS, other), 3, 2)).containsExactly("run 1", "run 0");
        assertThat(names(List.of(other), 0, 2)).isEmpty();
        assertThat(names(List.of(), 0, 2)).isEmpty();
    }

    private List<String> names(List<ExperimentId> experiments, int offset, int limit) {
        return runs().search(new RunQuery(experiments, null, List.of(), List.of(), offset, limit)).stream()
                .map(found -> found.run().name())
                .toList();
    }

    @Test
    void tellsTheCoursesOfMetricsThatHaveMoreThanOneStep() {
        // Given
        ExperimentRun longest = run("long", 1);
        ExperimentRun brief = run("brief", 2);
        List<Metric> loss = IntStream.range(0, 500)
                .mapToObj(step -> new Metric("loss", step == 250 ? 9 : 1.0 / (step + 1), 1, step))
                .toList();
        runs().log(longest.id(), new RunBatch(loss, Map.of(), Map.of()));
        runs().log(
                        brief.id(),
                        new RunBatch(
                                List.of(
                                        new Metric("once", 1, 1, 7),
                                        new Metric("again", 1, 1, 0),
                                        new Metric("again", 2, 2, 0),
                                        new Metric("below", 3, 1, -2),
                                        new Metric("below", Double.NaN, 1, -1)),
                                Map.of(),
                                Map.of()));

        // When
        List<Curve> all = runs().curves(longest.id(), List.of("loss", "nothing"), 1_002);
        List<Curve> thin = runs().curves(longest.id(), List.of("loss"), 20);

        // Then
        assertThat(runs().steppedMetrics(List.of(longest.id(), brief.id()))).containsExactly("below", "loss");
        assertThat(runs().steppedMetrics(List.of())).isEmpty();
        assertThat(all).containsExactly(new Curve("loss", loss, 0));
        assertThat(thin.getFirst().points()).hasSizeLessThanOrEqualTo(20).contains(loss.get(250));
        assertThat(runs().curves(brief.id(), List.of("once", "below"), 20))
                .containsExactly(
                        new Curve("below", List.of(new Metric("below", 3, 1, -2)), 1),
                        new Curve("once", List.of(new Metric("once", 1, 1, 7)), 0));
    }
}
