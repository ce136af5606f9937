package io.benchtop.service.endpoint;

import static io.benchtop.service.endpoint.EndpointExamples.ALICE;
import static io.benchtop.service.endpoint.EndpointExamples.NOW;
import static io.benchtop.service.endpoint.EndpointExamples.OLD;
import static io.benchtop.service.endpoint.EndpointExamples.answers;
import static org.assertj.core.api.Assertions.assertThat;

import io.benchtop.service.endpoint.CallCounts.ClientDay;
import io.benchtop.service.endpoint.CallCounts.Counted;
import io.benchtop.service.endpoint.CallCounts.CountedClient;
import io.benchtop.service.identity.UserName;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What everybody who keeps counts holds to. */
public abstract class CallCountsContract {

    /** Empty. */
    protected abstract CallCounts counts();

    /** Those that are counted for. */
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
    void aReportThatComesTwiceCountsOnce() {
        // Given
        Endpoint endpoint = inserted(EndpointExamples.wanting("orders", OLD));
        List<Counted> counted = List.of(new Counted(endpoint.id(), OLD, answers(10, 1, 3)));

        // When
        boolean first = counts().count("r1", NOW, counted);
        boolean again = counts().count("r1", NOW, counted);
        counts().count("r2", NOW.plusSeconds(60), counted);

        // Then
        assertThat(first).isTrue();
        assertThat(again).isFalse();
        assertThat(counts().measure(endpoint.id(), OLD, NOW.minusSeconds(60)))
                .isEqualTo(answers(10, 1, 3).plus(answers(10, 1, 3)));
        assertThat(counts().measure(endpoint.id(), OLD, NOW.plusSeconds(40)).requests())
                .isEqualTo(10);
        assertThat(counts().slots(endpoint.id(), NOW.minusSeconds(60))).hasSize(2);
        assertThat(counts().lastAsked(endpoint.id())).isEqualTo(NOW.plusSeconds(60));
    }

    private static CountedClient asked(Endpoint endpoint, String client, long requests, long refused) {
        return new CountedClient(endpoint.id(), new ClientCalls(client, requests, refused, 0));
    }

    private List<ClientDay> clients(Endpoint endpoint, LocalDate since) {
        return counts().clients(endpoint.id(), since);
    }

    @Test
    void whatClientsDidAddsUpByTheDay() {
        // Given
        Endpoint endpoint = inserted(EndpointExamples.wanting("orders", OLD));
        Endpoint other = inserted(EndpointExamples.wanting("others", OLD));
        Instant lastSecond = Instant.parse("2026-11-26T23:59:59Z");
        LocalDate day = LocalDate.parse("2026-11-26");

        // When
        counts().count("r1", lastSecond, List.of(), List.of(asked(endpoint, "mobile", 3, 1)));
        counts().count("r1", lastSecond, List.of(), List.of(asked(endpoint, "mobile", 3, 1)));
        counts().count(
                        "r2",
                        lastSecond,
                        List.of(),
                        List.of(
                                asked(other, "mobile", 50, 0),
                                new CountedClient(endpoint.id(), new ClientCalls("mobile", 4, 0, 2)),
                                asked(endpoint, "alice", 1, 0),
                                new CountedClient(EndpointId.random(), new ClientCalls("gone", 1, 0, 0))));
        counts().count("r3", lastSecond.plusSeconds(1), List.of(), List.of(asked(endpoint, "mobile", 10, 2)));

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
        LocalDate day = CallCounts.day(NOW);
        counts().count(
                        "r1",
                        NOW,
                        List.of(),
                        List.of(asked(endpoint, "mobile", 9, 0), asked(endpoint, "alice", 5, 900)));
        counts().count("r2", NOW, List.of(), List.of(asked(endpoint, "mobile", 1, 0)));

        // Then
        assertThat(counts().clientsWithAtLeast(endpoint.id(), day, 11)).isEmpty();
        assertThat(counts().clientsWithAtLeast(endpoint.id(), day, 10)).containsExactly("mobile");
        assertThat(counts().clientsWithAtLeast(endpoint.id(), day, 5)).containsExactlyInAnyOrder("mobile", "alice");
        assertThat(counts().clientsWithAtLeast(endpoint.id(), day.plusDays(1), 1))
                .isEmpty();
    }

    @Test
    void daysOfClientsAreForgotten() {
        // Given
        Endpoint endpoint = inserted(EndpointExamples.wanting("orders", OLD));
        LocalDate day = CallCounts.day(NOW);
        counts().count("r1", NOW, List.of(), List.of(asked(endpoint, "old", 1, 0)));
        counts().count("r2", NOW.plus(Duration.ofDays(1)), List.of(), List.of(asked(endpoint, "new", 1, 0)));

        // When
        counts().forgetClientsBefore(day.plusDays(1));

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
                    .<Callable<Boolean>>mapToObj(i -> () -> counts().count(
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
        assertThat(counts().measure(endpoint.id(), OLD, NOW.minusSeconds(60)).requests())
                .isEqualTo(120);
        assertThat(clients(endpoint, CallCounts.day(NOW)))
                .extracting(each -> each.calls().requests())
                .containsExactly(120L);
    }

    @Test
    void whatIsForOneThatIsGoneIsNotCounted() {
        // Given
        Endpoint endpoint = inserted(EndpointExamples.wanting("orders", OLD));
        endpoints().remove(endpoint.id());

        // Then
        assertThat(counts().count("r1", NOW, List.of(new Counted(endpoint.id(), OLD, answers(1, 0, 1)))))
                .isTrue();
        assertThat(counts().slots(endpoint.id(), NOW.minusSeconds(60))).isEmpty();
    }

    @Test
    void oldCountsAreForgotten() {
        // Given
        Endpoint endpoint = inserted(EndpointExamples.wanting("orders", OLD));
        counts().count("r1", NOW, List.of(new Counted(endpoint.id(), OLD, answers(1, 0, 1))));
        counts().count("r2", NOW.plus(Duration.ofDays(2)), List.of(new Counted(endpoint.id(), OLD, answers(2, 0, 1))));

        // When
        counts().forgetCountsBefore(NOW.plus(Duration.ofDays(1)));

        // Then
        assertThat(counts().measure(endpoint.id(), OLD, NOW.minusSeconds(60)).requests())
                .isEqualTo(2);
    }

    @Test
    void somebodyWhoAsksIsRemembered() {
        // Given
        Endpoint endpoint = inserted(EndpointExamples.wanting("orders", OLD));

        // When
        var before = counts().lastAsked(endpoint.id());
        counts().asked(endpoint.id(), NOW);

        // Then
        assertThat(before).isNull();
        assertThat(counts().lastAsked(endpoint.id())).isEqualTo(NOW);
    }
}
