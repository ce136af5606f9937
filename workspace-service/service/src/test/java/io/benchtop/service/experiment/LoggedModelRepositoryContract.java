package io.benchtop.service.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import io.benchtop.service.experiment.LoggedModel.Status;
import io.benchtop.service.identity.UserName;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every repository of logged models holds to. */
public abstract class LoggedModelRepositoryContract {

    private static final ExperimentId IRIS = new ExperimentId("123");
    private static final ExperimentId WINE = new ExperimentId("124");

    /** Empty. */
    protected abstract LoggedModelRepository models();

    /** Makes an experiment that models may belong to. */
    protected abstract void experiment(Experiment experiment);

    /** By which values are told of models. */
    protected abstract RunRepository runs();

    @BeforeEach
    void insertExperiments() {
        UserName alice = new UserName("alice");
        experiment(new Experiment(IRIS, alice, "iris", false, 1, 1, Map.of()));
        experiment(new Experiment(WINE, alice, "wine", false, 1, 1, Map.of()));
    }

    private static LoggedModel model(ExperimentId experiment, String name, long createdAt) {
        return new LoggedModel(
                LoggedModel.freshId(),
                experiment,
                name,
                "alice",
                null,
                Status.LOGGED_MODEL_PENDING,
                "",
                createdAt,
                createdAt,
                Map.of("depth", "ü"),
                Map.of("kind", ""));
    }

    @Test
    void keepsEveryPartAndListsTheLatestFirst() {
        // Given
        LoggedModel first = model(IRIS, "first", 1);
        LoggedModel second = model(IRIS, "second", 2);
        LoggedModel elsewhere = model(WINE, "elsewhere", 3);

        // When
        List.of(first, second, elsewhere).forEach(models()::insert);

        // Then
        assertThat(models().find(first.id())).contains(first);
        assertThat(models().find(LoggedModel.freshId())).isEmpty();
        assertThat(models().list(List.of(IRIS))).containsExactly(second, first);
        assertThat(models().list(List.of(IRIS, WINE))).containsExactly(elsewhere, second, first);
        assertThat(models().list(List.of())).isEmpty();
    }

    @Test
    void keepsWhatRunsToldOfAModel() {
        // Given
        LoggedModel tree = model(IRIS, "tree", 1);
        LoggedModel net = model(IRIS, "net", 2);
        LoggedModel silent = model(IRIS, "silent", 3);
        List.of(tree, net, silent).forEach(models()::insert);
        ExperimentRun run = new ExperimentRun(
                RunId.random(), IRIS, "run", new UserName("alice"), RunStatus.RUNNING, 1, null, false);
        runs().insert(run);
        ModelMetric bare = new ModelMetric(tree.id(), new Metric("accuracy", 0.5, 10, -1), null, null);
        ModelMetric onTest = new ModelMetric(tree.id(), new Metric("accuracy", 0.5, 10, -1), "test", "ab12");
        ModelMetric later = new ModelMetric(tree.id(), new Metric("accuracy", Double.NaN, 20, 3), "ü", null);
        ModelMetric other = new ModelMetric(net.id(), new Metric("loss", Double.POSITIVE_INFINITY, 20, 3), null, null);
        RunBatch batch = new RunBatch(List.of(), Map.of(), Map.of(), List.of(later, onTest, other, bare));

        // When
        runs().log(run.id(), batch);
        runs().log(run.id(), batch);

        // Then
        assertThat(models().metrics(List.of(tree.id(), net.id(), silent.id())))
                .isEqualTo(Map.of(
                        tree.id(),
                        List.of(
                                new ModelMetric.Told(run.id(), bare),
                                new ModelMetric.Told(run.id(), onTest),
                                new ModelMetric.Told(run.id(), later)),
                        net.id(),
                        List.of(new ModelMetric.Told(run.id(), other))));
        assertThat(models().metrics(List.of(net.id()))).containsOnlyKeys(net.id());
        models().remove(net.id());
        assertThat(models().metrics(List.of(net.id()))).isEmpty();
        assertThat(models().metrics(List.of())).isEmpty();
    }

    @Test
    void changesAndRemovesOneAndNoOther() {
        // Given
        LoggedModel one = model(IRIS, "one", 1);
        LoggedModel other = model(IRIS, "other", 2);
        models().insert(one);
        models().insert(other);

        // When
        var changed = models().change(one.id(), model -> model.in(Status.LOGGED_MODEL_READY, 9));
        models().remove(other.id());

        // Then
        assertThat(changed).contains(one.in(Status.LOGGED_MODEL_READY, 9));
        assertThat(models().list(List.of(IRIS))).containsExactly(one.in(Status.LOGGED_MODEL_READY, 9));
        assertThat(models().change(other.id(), model -> model)).isEmpty();
    }
}
