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
