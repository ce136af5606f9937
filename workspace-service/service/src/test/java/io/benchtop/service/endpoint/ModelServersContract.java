package io.benchtop.service.endpoint;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What every adapter that runs model-servers holds to. */
public abstract class ModelServersContract {

    protected static final ServedVersion VERSION = new ServedVersion("risk", "0.0.1");

    /** Of this test alone. */
    protected final ArmId id = new ArmId(EndpointId.random(), VERSION);

    protected abstract ModelServers servers();

    /** What another life of the service would have. */
    protected abstract ModelServers later();

    protected Arm arm(int least) {
        return new Arm(
                id, new EndpointName("orders"), new Scaling(least, least, Duration.ofMinutes(1)), HardwareOffer.USUAL);
    }

    /** Waits until so many answer. */
    protected List<ArmState.Server> ready(ModelServers of, int many) {
        return await().atMost(120, SECONDS)
                .pollInSameThread()
                .until(
                        () -> of.list().get(id) instanceof ArmState.Ready(List<ArmState.Server> all, String _)
                                ? all
                                : List.<ArmState.Server>of(),
                        all -> all.size() == many);
    }

    @AfterEach
    protected void endAll() {
        await().atMost(90, SECONDS).until(() -> {
            servers().end(id);
            return !servers().list().containsKey(id);
        });
    }

    @Test
    void whatIsWantedAnswersAndWantingItAgainChangesNothing() {
        // When
        servers().ensure(arm(1));
        List<ArmState.Server> first = ready(servers(), 1);
        servers().ensure(arm(1));

        // Then
        assertThat(ready(servers(), 1)).isEqualTo(first);
    }

    @Test
    void itIsListedFromTheFirstMomentOrSoonAfter() {
        // When
        servers().ensure(arm(1));

        // Then
        await().atMost(60, SECONDS)
                .untilAsserted(() -> assertThat(servers().list()).containsKey(id));
    }

    @Test
    void whatIsEndedGoesAndEndingItAgainChangesNothing() {
        // Given
        servers().ensure(arm(1));
        ready(servers(), 1);

        // When
        servers().end(id);
        servers().end(id);

        // Then
        await().atMost(60, SECONDS).until(() -> {
            servers().end(id);
            return !servers().list().containsKey(id);
        });
    }

    @Test
    void endingWhatNeverRanIsNoError() {
        servers().end(new ArmId(EndpointId.random(), VERSION));
    }

    @Test
    void aLaterLifeOfTheServiceFindsWhatRuns() {
        // Given
        servers().ensure(arm(1));
        List<ArmState.Server> before = ready(servers(), 1);

        // When
        ModelServers later = later();
        later.ensure(arm(1));

        // Then
        assertThat(ready(later, 1)).isEqualTo(before);
    }

    @Test
    void whoListensIsToldWhenOneBecomesReady() {
        // Given
        AtomicInteger changes = new AtomicInteger();
        servers().onChange(changes::incrementAndGet);

        // When
        servers().ensure(arm(1));
        ready(servers(), 1);

        // Then
        await().atMost(60, SECONDS)
                .untilAsserted(() -> assertThat(changes.get()).isPositive());
    }
}
