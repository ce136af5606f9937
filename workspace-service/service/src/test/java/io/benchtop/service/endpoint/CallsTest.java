package io.benchtop.service.endpoint;

import static io.benchtop.service.endpoint.EndpointExamples.OLD;
import static org.assertj.core.api.Assertions.assertThat;

import io.benchtop.api.routing.EndpointRoute;
import io.benchtop.service.MutableClock;
import io.benchtop.service.TestingDatabases;
import io.benchtop.service.TestingUsers;
import io.benchtop.service.audit.jdbc.JdbiTransactions;
import io.benchtop.service.endpoint.jdbc.JdbiCallCounts;
import io.benchtop.service.endpoint.jdbc.JdbiEndpointRepository;
import io.benchtop.service.endpoint.jdbc.JdbiObservations;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

final class CallsTest {

    private static final LocalDate TODAY = LocalDate.parse("2026-11-27");

    private final MutableClock clock = new MutableClock(TODAY.atTime(23, 0).toInstant(ZoneOffset.UTC));
    private final Jdbi jdbi = TestingDatabases.h2();
    private final EndpointRepository repository = new JdbiEndpointRepository(jdbi);
    private final CallCounts counts = new JdbiCallCounts(jdbi);
    private final List<String> told = new ArrayList<>();
    private final Calls calls = new Calls(
            repository,
            counts,
            new JdbiObservations(jdbi),
            new EndpointNews(repository, new JdbiTransactions(jdbi), (_, subject, _) -> told.add(subject)),
            new JdbiTransactions(jdbi),
            () -> {},
            clock);
    private final EndpointRoutes routes = new EndpointRoutes(repository, counts, new ServingKeys(new byte[32]), clock);

    private Endpoint endpoint(int requestsPerDay) {
        Endpoint endpoint = EndpointExamples.limited("orders", OLD, requestsPerDay);
        TestingUsers.insert(jdbi, endpoint.owner());
        assertThat(repository.insert(endpoint)).isTrue();
        return endpoint;
    }

    private void count(String report, String client, long requests) {
        calls.count(
                report, List.of(), List.of(new Calls.ToldClient("orders", new ClientCalls(client, requests, 0, 0))));
    }

    private EndpointRoute route() {
        return routes.all().getFirst();
    }

    @Test
    void theRequestThatUsesUpADaysQuotaIsToldToProxiesOnce() {
        // Given
        Endpoint endpoint = endpoint(100);

        // When
        count("r1", "mobile", 99);
        boolean early = route().spent() != null;
        count("r2", "mobile", 1);
        count("r2", "mobile", 1);
        count("r3", "mobile", 50);
        count("r4", "alice", 1);

        // Then
        assertThat(early).isFalse();
        assertThat(told).containsExactly(endpoint.id().value());
        assertThat(route().spent()).isEqualTo(new EndpointRoute.Spent(TODAY.toEpochDay(), List.of("mobile")));
    }

    @Test
    void theNextDayBeginsWithNothingSpent() {
        // Given
        endpoint(100);
        count("r1", "mobile", 100);

        // When
        clock.advance(Duration.ofHours(1));

        // Then
        assertThat(route().spent()).isNull();
    }

    @Test
    void withoutAQuotaNobodyHasSpentIt() {
        // Given
        endpoint(0);

        // When
        count("r1", "mobile", 1_000_000);

        // Then
        assertThat(told).isEmpty();
        assertThat(route().spent()).isNull();
    }

    @Test
    void whatIsToldOfAnEndpointThatIsGoneCountsNothing() {
        // Given
        Endpoint endpoint = endpoint(100);
        repository.remove(endpoint.id());

        // When
        count("r1", "mobile", 100);

        // Then
        assertThat(told).isEmpty();
        assertThat(counts.clients(endpoint.id(), TODAY)).isEmpty();
    }
}
