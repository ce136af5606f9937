package io.benchtop.service.endpoint;

import static io.benchtop.service.endpoint.EndpointExamples.ALICE;
import static io.benchtop.service.endpoint.EndpointExamples.NEW;
import static io.benchtop.service.endpoint.EndpointExamples.NOW;
import static io.benchtop.service.endpoint.EndpointExamples.OLD;
import static io.benchtop.service.endpoint.EndpointExamples.answers;
import static org.assertj.core.api.Assertions.assertThat;

import io.benchtop.service.endpoint.EndpointRepository.ClientDay;
import io.benchtop.service.endpoint.EndpointRepository.Counted;
import io.benchtop.service.endpoint.EndpointRepository.CountedClient;
import io.benchtop.service.identity.UserName;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every repository of endpoints holds to. */
public abstract class EndpointRepositoryContract {

    /** Empty. */
    protected abstract EndpointRepository endpoints();

    protected abstract void user(UserName name);

    @BeforeEach
    void insertUsers() {
        user(ALICE);
    }

    private Endpoint inserted(Endpoint endpoint) {
        assertThat(endpoints().insert(endpoint)).isTrue();
        return endpoint;
    }

    @Test
    void everyKindOfRolloutComesBackAsItWas() {
        // Given
        Endpoint first = inserted(EndpointExamples.wanting("orders", OLD, "bob", "*"));
        Endpoint serving = first.settled(Traffic.all(OLD), NOW);
        Endpoint trying = serving.trying(NEW, EndpointExamples.plan(new Guards(0.01, 50.0, null, 3.0)), NOW);
        Endpoint stepped = trying.stepped((Rollout.Canary) trying.rollout(), 1, NOW);
        Endpoint shadowing = serving.shadowing(new ShadowTraffic(NEW, 10), NOW);
        Endpoint large = serving.with(serving.settings().withHardware("large"), NOW);

        for (Endpoint each :
                List.of(first, serving, trying, stepped, stepped.rolledBack("no", NOW), large, shadowing)) {
            // When
            endpoints().change(first.id(), _ -> each);

            // Then
            assertThat(endpoints().find(first.id())).contains(each);
            assertThat(endpoints().find(first.name())).contains(each);
        }
        assertThat(endpoints().list()).containsExactly(shadowing);
    }

    @Test
    void aNameIsTakenOnce() {
        inserted(EndpointExamples.wanting("orders", OLD));

        assertThat(endpoints().insert(EndpointExamples.wanting("orders", NEW))).isFalse();
    }

    @Test
    void oneFindsWhatOneOwnsOrMayCall() {
        // Given
        inserted(EndpointExamples.wanting("b-mine", OLD));
        inserted(EndpointExamples.wanting("a-bobs", OLD, "bob"));
        inserted(EndpointExamples.wanting("c-all", OLD, "*"));

        // Then
        assertThat(endpoints().list(ALICE))
                .extracting(each -> each.name().value())
                .containsExactly("a-bobs", "b-mine", "c-all");
        assertThat(endpoints().list(new UserName("bob")))
                .extracting(each -> each.name().value())
                .containsExactly("a-bobs", "c-all");
        assertThat(endpoints().list(new UserName("carol")))
                .extracting(each -> each.name().value())
                .containsExactly("c-all");
    }

    @Test
    void whatIsSeenComesBackAsItWas() {
        // Given
        Endpoint endpoint = inserted(EndpointExamples.wanting("orders", OLD));
        Map<ServedVersion, ArmState> seen =
                Map.of(OLD, EndpointExamples.ready(), NEW, new ArmState.Failed("ENDED", "\"quoted\" and ümlaut"));

        // When
        endpoints().see(endpoint.id(), seen);

        // Then
        assertThat(endpoints().seen(endpoint.id())).isEqualTo(seen);
        assertThat(endpoints().seen(EndpointId.random())).isEmpty();
    }

    @Test
    void theNewestStepComesFirst() {
        // Given
        Endpoint endpoint = inserted(EndpointExamples.wanting("orders", OLD));

        // When
        for (String code : List.of("ONE", "TWO", "THREE")) {
            endpoints().add(endpoint.id(), new Step(NOW, "alice", code, "message"));
        }

        // Then
        assertThat(endpoints().steps(endpoint.id(), 2)).extracting(Step::code).containsExactly("THREE", "TWO");
    }

    @Test
    void aReportThatComesTwiceCountsOnce() {
        // Given
        Endpoint endpoint = inserted(EndpointExamples.wanting("orders", OLD));
        List<Counted> counted = List.of(new Counted(endpoint.id(), OLD, answers(10, 1, 3)));

        // When
        boolean first = endpoints().count("r1", NOW, counted);
        boolean again = endpoints().count("r1", NOW, counted);
        endpoints().count("r2", NOW.plusSeconds(60), counted);

        // Then
        assertThat(first).isTrue();
        assertThat(again).isFalse();
        assertThat(endpoints().measure(endpoint.id(), OLD, NOW.minusSeconds(60)))
                .isEqualTo(answers(10, 1, 3).plus(answers(10, 1, 3)));
        assertThat(endpoints().measure(endpoint.id(), OLD, NOW.plusSeconds(40)).requests())
                .isEqualTo(10);
        assertThat(endpoints().slots(endpoint.id(), NOW.minusSeconds(60))).hasSize(2);
        assertThat(endpoints().lastAsked(endpoint.id())).isEqualTo(NOW.plusSeconds(60));
    }

    private static CountedClient asked(Endpoint endpoint, String client, long requests, long refused) {
        return new CountedClient(endpoint.id(), new ClientCalls(client, requests, refused, 0));
    }

    private List<ClientDay> clients(Endpoint endpoint, LocalDate since) {
        return endpoints().clients(endpoint.id(), since);
    }

    @Test
    void whatClientsDidAddsUpByTheDay() {
        // Given
        Endpoint endpoint = inserted(EndpointExamples.wanting("orders", OLD));
        Endpoint other = inserted(EndpointExamples.wanting("others", OLD));
        Instant lastSecond = Instant.parse("2026-11-26T23:59:59Z");
        LocalDate day = LocalDate.parse("2026-11-26");

        // When
        endpoints().count("r1", lastSecond, List.of(), List.of(asked(endpoint, "mobile", 3, 1)));
        endpoints().count("r1", lastSecond, List.of(), List.of(asked(endpoint, "mobile", 3, 1)));
        endpoints()
                .count(
                        "r2",
                        lastSecond,
                        List.of(),
                        List.of(
                                asked(other, "mobile", 50, 0),
                                new CountedClient(endpoint.id(), new ClientCalls("mobile", 4, 0, 2)),
                                asked(endpoint, "alice", 1, 0),
                                new CountedClient(EndpointId.random(), new ClientCalls("gone", 1, 0, 0))));
        endpoints().count("r3", lastSecond.plusSeconds(1), List.of(), List.of(asked(endpoint, "mobile", 10, 2)));

        // Then
        assertThat(clients(endpoint, day))
                .containsExactly(
                        new ClientDay(day.plusDays(1), new ClientCalls("mobile", 10, 2, 0)),
                        new ClientDay(day, new ClientCalls("alice", 1, 0, 0)),
                        new ClientDay(day, new ClientCalls("mobile", 7, 1, 2)));
        assertThat(clients(endpoint, day.plusDays(1))).hasSize(1);
    }

    @Test
    void whoAskedSoOftenOnADayIsTold() {
        // Given
        Endpoint endpoint = inserted(EndpointExamples.wanting("orders", OLD));
        LocalDate day = NOW.atOffset(ZoneOffset.UTC).toLocalDate();
        endpoints()
                .count(
                        "r1",
                        NOW,
                        List.of(),
                        List.of(asked(endpoint, "mobile", 9, 0), asked(endpoint, "alice", 5, 900)));
        endpoints().count("r2", NOW, List.of(), List.of(asked(endpoint, "mobile", 1, 0)));

        // Then
        assertThat(endpoints().clientsWithAtLeast(endpoint.id(), day, 11)).isEmpty();
        assertThat(endpoints().clientsWithAtLeast(endpoint.id(), day, 10)).containsExactly("mobile");
        assertThat(endpoints().clientsWithAtLeast(endpoint.id(), day, 5)).containsExactlyInAnyOrder("mobile", "alice");
        assertThat(endpoints().clientsWithAtLeast(endpoint.id(), day.plusDays(1), 1))
                .isEmpty();
    }

    @Test
    void daysOfClientsAreForgotten() {
        // Given
        Endpoint endpoint = inserted(EndpointExamples.wanting("orders", OLD));
        LocalDate day = NOW.atOffset(ZoneOffset.UTC).toLocalDate();
        endpoints().count("r1", NOW, List.of(), List.of(asked(endpoint, "old", 1, 0)));
        endpoints().count("r2", NOW.plus(Duration.ofDays(1)), List.of(), List.of(asked(endpoint, "new", 1, 0)));

        // When
        endpoints().forgetClientsBefore(day.plusDays(1));

        // Then
        assertThat(clients(endpoint, day))
                .extracting(each -> each.calls().client())
                .containsExactly("new");
    }

    @Test
    void countsOfSeveralProxiesAtOnceAddUp() throws Exception {
        // Given
        Endpoint endpoint = inserted(EndpointExamples.wanting("orders", OLD));

        // When
        try (ExecutorService proxies = Executors.newFixedThreadPool(4)) {
            List<Callable<Boolean>> posts = IntStream.range(0, 40)
                    .<Callable<Boolean>>mapToObj(i -> () -> endpoints()
                            .count(
                                    "r" + i,
                                    NOW,
                                    List.of(new Counted(endpoint.id(), OLD, answers(3, 0, 2))),
                                    List.of(asked(endpoint, "mobile", 3, 0))))
                    .toList();
            for (var post : proxies.invokeAll(posts)) {
                assertThat(post.get()).isTrue();
            }
        }

        // Then
        assertThat(endpoints().measure(endpoint.id(), OLD, NOW.minusSeconds(60)).requests())
                .isEqualTo(120);
        assertThat(clients(endpoint, NOW.atOffset(ZoneOffset.UTC).toLocalDate()))
                .extracting(each -> each.calls().requests())
                .containsExactly(120L);
    }

    @Test
    void whatIsForOneThatIsGoneIsNotCounted() {
        // Given
        Endpoint endpoint = inserted(EndpointExamples.wanting("orders", OLD));
        endpoints().remove(endpoint.id());

        // Then
        assertThat(endpoints().count("r1", NOW, List.of(new Counted(endpoint.id(), OLD, answers(1, 0, 1)))))
                .isTrue();
        assertThat(endpoints().slots(endpoint.id(), NOW.minusSeconds(60))).isEmpty();
        assertThat(endpoints().find(endpoint.name())).isEmpty();
    }

    @Test
    void oldCountsAreForgotten() {
        // Given
        Endpoint endpoint = inserted(EndpointExamples.wanting("orders", OLD));
        endpoints().count("r1", NOW, List.of(new Counted(endpoint.id(), OLD, answers(1, 0, 1))));
        endpoints()
                .count("r2", NOW.plus(Duration.ofDays(2)), List.of(new Counted(endpoint.id(), OLD, answers(2, 0, 1))));

        // When
        endpoints().forgetCountsBefore(NOW.plus(Duration.ofDays(1)));

        // Then
        assertThat(endpoints().measure(endpoint.id(), OLD, NOW.minusSeconds(60)).requests())
                .isEqualTo(2);
    }

    @Test
    void somebodyWhoAsksIsRemembered() {
        // Given
        Endpoint endpoint = inserted(EndpointExamples.wanting("orders", OLD));

        // When
        var before = endpoints().lastAsked(endpoint.id());
        endpoints().asked(endpoint.id(), NOW);

        // Then
        assertThat(before).isNull();
        assertThat(endpoints().lastAsked(endpoint.id())).isEqualTo(NOW);
    }
}
