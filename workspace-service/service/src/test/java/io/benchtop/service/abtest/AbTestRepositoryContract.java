package io.benchtop.service.abtest;

import static io.benchtop.service.endpoint.EndpointExamples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.benchtop.service.endpoint.EndpointId;
import io.benchtop.service.trial.Tally;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every repository of A/B tests holds to. */
public abstract class AbTestRepositoryContract {

    private static final Gain NONE = new Gain(0, 0);

    /** Empty. */
    protected abstract AbTestRepository tests();

    /** One that is there. */
    protected abstract EndpointId endpoint(String name);

    private AbTest inserted() {
        AbTest test = AbTestExamples.of(endpoint("orders"), 1);
        assertThat(tests().insert(test)).isTrue();
        return test;
    }

    private static Placed placed(String user, boolean candidate, boolean converted) {
        return new Placed(user, candidate, converted);
    }

    private Gain.Both add(AbTest test, Placed... outcomes) {
        List<Gain.Both> added = new ArrayList<>();
        tests().change(test.endpoint(), test.number(), before -> {
            added.add(tests().add(before, List.of(outcomes)));
            return before;
        });
        return added.getFirst();
    }

    @Test
    void aTestComesBackAsItWas() {
        // Given
        AbTest test = inserted();
        AbTest end = test.at(Stage.RUNNING, "", NOW)
                .counted(new Gain.Both(new Gain(1, 0), new Gain(2, 1)), NOW)
                .at(Stage.INVALID, "\"quoted\" and ümlaut", NOW.plusSeconds(1));

        // When
        tests().change(test.endpoint(), 1, _ -> end);

        // Then
        assertThat(end.ofCandidate()).isEqualTo(new Tally(2, 1));
        assertThat(tests().find(test.endpoint(), 1)).contains(end);
        assertThat(tests().find(test.endpoint(), 2)).isEmpty();
        assertThat(tests().find(EndpointId.random(), 1)).isEmpty();
    }

    @Test
    void aNumberIsTakenOnceAndTheNewestComesFirst() {
        // Given
        AbTest first = inserted();
        AbTest second = AbTestExamples.of(first.endpoint(), 2);

        // When
        tests().insert(second);

        // Then
        assertThat(tests().insert(first)).isFalse();
        assertThat(tests().list(first.endpoint())).containsExactly(second, first);
        assertThat(tests().last(first.endpoint())).contains(second);
        assertThat(tests().last(EndpointId.random())).isEmpty();
    }

    @Test
    void whatIsDoneIsLookedAfterNoMore() {
        // Given
        AbTest test = inserted();

        for (Stage stage : Stage.values()) {
            // When
            AbTest now = tests().change(test.endpoint(), 1, before -> before.at(stage, "", NOW))
                    .orElseThrow();

            // Then
            assertThat(tests().undone()).isEqualTo(now.isUndone() ? List.of(now) : List.of());
        }
    }

    @Test
    void aUserCountsOnceAndStaysConvertedAndWithItsSide() {
        // Given
        AbTest test = inserted();

        // When
        Gain.Both first = add(test, placed("a", false, false), placed("b", true, true), placed("c", true, false));
        Gain.Both again = add(test, placed("a", false, false), placed("b", true, false), placed("c", true, false));
        Gain.Both later = add(test, placed("a", true, true), placed("b", true, true), placed("d", false, true));

        // Then
        assertThat(first).isEqualTo(new Gain.Both(new Gain(1, 0), new Gain(2, 1)));
        assertThat(again).isEqualTo(new Gain.Both(NONE, NONE));
        assertThat(later.candidate()).isEqualTo(NONE);
        assertThat(later.control().users()).isEqualTo(1);
    }

    @Test
    void aConversionThatIsToldLaterCountsForTheSideThatWasMet() {
        // Given
        AbTest test = inserted();
        add(test, placed("a", false, false), placed("b", true, false));

        // When
        Gain.Both later = add(test, placed("b", true, true), placed("a", false, true));

        // Then
        assertThat(later).isEqualTo(new Gain.Both(new Gain(0, 1), new Gain(0, 1)));
        assertThat(add(test, placed("b", true, true))).isEqualTo(new Gain.Both(NONE, NONE));
    }

    @Test
    void usersOfOneTestAreNotThoseOfAnother() {
        // Given
        AbTest test = inserted();
        AbTest other = AbTestExamples.of(test.endpoint(), 2);
        tests().insert(other);

        // When
        add(test, placed("a", false, true));

        // Then
        assertThat(add(other, placed("a", false, true)).control()).isEqualTo(new Gain(1, 1));
    }

    @Test
    void whoTookPartIsForgottenOnceATestHasEnded() {
        // Given
        AbTest test = inserted();
        tests().change(test.endpoint(), 1, before -> before.at(Stage.RUNNING, "", NOW));
        add(test, placed("a", false, true));
        tests().forgetUsersOfEndedBefore(NOW.plusSeconds(60));
        Gain.Both whileItRuns = add(test, placed("a", false, true));

        // When
        tests().change(test.endpoint(), 1, before -> before.at(Stage.STOPPED, "", NOW));
        tests().forgetUsersOfEndedBefore(NOW);
        Gain.Both tooEarly = add(test, placed("a", false, true));
        tests().forgetUsersOfEndedBefore(NOW.plusSeconds(60));

        // Then
        assertThat(whileItRuns.control()).isEqualTo(new Gain(0, 0));
        assertThat(tooEarly.control()).isEqualTo(new Gain(0, 0));
        assertThat(add(test, placed("a", false, true)).control()).isEqualTo(new Gain(1, 1));
    }

    @Test
    void thoseWhoTellAtOnceLoseNothingAndCountNobodyTwice() throws Exception {
        // Given
        AbTest test = inserted();
        tests().change(test.endpoint(), 1, before -> before.at(Stage.RUNNING, "", NOW));

        // When
        try (ExecutorService programs = Executors.newFixedThreadPool(4)) {
            List<Callable<AbTest>> posts = IntStream.range(0, 40)
                    .<Callable<AbTest>>mapToObj(i -> () -> tests().change(
                                    test.endpoint(),
                                    1,
                                    before -> before.counted(
                                            tests().add(
                                                            before,
                                                            List.of(
                                                                    placed("own" + i, i % 2 == 0, true),
                                                                    placed("shared" + i % 10, false, false))),
                                            NOW))
                            .orElseThrow())
                    .toList();
            for (var post : programs.invokeAll(posts)) {
                post.get();
            }
        }

        // Then
        AbTest after = tests().find(test.endpoint(), 1).orElseThrow();
        assertThat(after.ofControl()).isEqualTo(new Tally(30, 20));
        assertThat(after.ofCandidate()).isEqualTo(new Tally(20, 20));
    }
}
