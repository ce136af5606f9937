package io.benchtop.service.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.benchtop.service.identity.UserName;
import io.benchtop.service.problem.ProblemException;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every repository of experiments holds to. */
public abstract class ExperimentRepositoryContract {

    private static final UserName ALICE = new UserName("alice");
    private static final UserName BOB = new UserName("bob");

    /** Empty. */
    protected abstract ExperimentRepository experiments();

    protected abstract void user(UserName name);

    @BeforeEach
    void insertUsers() {
        user(ALICE);
        user(BOB);
    }

    private static Experiment experiment(UserName owner, String name, long changedAt) {
        return new Experiment(ExperimentId.random(), owner, name, false, 5, changedAt, Map.of("team", "ü"));
    }

    @Test
    void keepsEveryPartAndEachOwnersNamesApart() {
        // Given
        Experiment ofAlice = experiment(ALICE, "iris", 5);
        Experiment ofBob = experiment(BOB, "iris", 6);

        // When
        boolean inserted = experiments().insert(ofAlice) && experiments().insert(ofBob);
        boolean again = experiments().insert(experiment(ALICE, "iris", 7));

        // Then
        assertThat(inserted).isTrue();
        assertThat(again).isFalse();
        assertThat(experiments().find(ofAlice.id())).contains(ofAlice);
        assertThat(experiments().find(BOB, "iris")).contains(ofBob);
        assertThat(experiments().find(BOB, "Iris")).isEmpty();
        assertThat(experiments().list(ALICE)).containsExactly(ofAlice);
    }

    @Test
    void listsTheLatestChangedFirst() {
        // Given
        Experiment old = experiment(ALICE, "old", 1);
        Experiment fresh = experiment(ALICE, "fresh", 2);
        experiments().insert(old);
        experiments().insert(fresh);

        // When
        experiments().change(old.id(), before -> before.deleted(true, 3));

        // Then
        assertThat(experiments().list(ALICE)).containsExactly(old.deleted(true, 3), fresh);
    }

    @Test
    void isNotRenamedToWhatItsOwnerHas() {
        // Given
        Experiment one = experiment(ALICE, "one", 1);
        experiments().insert(one);
        experiments().insert(experiment(ALICE, "two", 1));
        experiments().insert(experiment(BOB, "three", 1));

        // Then
        assertThatThrownBy(() -> experiments().change(one.id(), before -> before.renamed("two", 2)))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("You have an experiment \"two\"");
        assertThat(experiments().change(one.id(), before -> before.renamed("three", 2)))
                .contains(one.renamed("three", 2));
        assertThat(experiments().change(ExperimentId.random(), before -> before))
                .isEmpty();
    }

    @Test
    void tagsComeChangeAndGo() {
        // Given
        Experiment iris = experiment(ALICE, "iris", 1);
        experiments().insert(iris);

        // When
        experiments().setTag(iris.id(), "team", "blue");
        experiments().setTag(iris.id(), "more", "");
        experiments().setTag(iris.id(), "long", "\uD83D\uDE00".repeat(20_000));

        // Then
        assertThat(experiments().find(iris.id()).orElseThrow().tags())
                .isEqualTo(Map.of("team", "blue", "more", "", "long", "\uD83D\uDE00".repeat(20_000)));
        assertThat(experiments().removeTag(iris.id(), "more")).isTrue();
        assertThat(experiments().removeTag(iris.id(), "more")).isFalse();
    }
}
