package io.benchtop.service.lease;

import static org.assertj.core.api.Assertions.assertThat;

import io.benchtop.service.audit.Transactions;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What every store of leases does. */
public abstract class LeaseRepositoryContract {

    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Duration SHORT = Duration.ofMillis(100);

    private static final Lease ONES = new Lease("ws_1", "one", 1);
    private static final Lease TWOS = new Lease("ws_1", "two", 1);

    protected abstract LeaseRepository leases();

    protected abstract Transactions transactions();

    @Test
    void aLeaseHasOneHolder() {
        assertThat(leases().take(ONES, LONG)).isTrue();
        assertThat(leases().take(TWOS, LONG)).isFalse();
        assertThat(leases().take(new Lease("ws_1", "one", 2), LONG)).isFalse();
        assertThat(leases().take(new Lease("ws_2", "two", 2), LONG)).isTrue();
        assertThat(leases().confirm(ONES)).isTrue();
        assertThat(leases().confirm(TWOS)).isFalse();
    }

    @Test
    void ofManyWhoTakeItAtOnceOneGetsIt() {
        // When
        List<CompletableFuture<Boolean>> taking = IntStream.range(0, 16)
                .mapToObj(number -> CompletableFuture.supplyAsync(
                        () -> leases().take(new Lease("ws_1", "holder" + number, 1), LONG)))
                .toList();

        // Then
        assertThat(taking.stream().map(CompletableFuture::join).filter(taken -> taken))
                .hasSize(1);
    }

    @Test
    void f17WhatLapsedIsTakenByAnotherAndTheEarlierHolderIsRefused() {
        // Given
        leases().take(ONES, SHORT);

        // When
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> leases().lapsed().contains("ws_1"));

        // Then
        assertThat(leases().confirm(ONES))
                .as("nobody else took it, so it is still right")
                .isTrue();
        assertThat(leases().take(TWOS, LONG)).isTrue();
        assertThat(leases().confirm(ONES)).isFalse();
        assertThat(leases().renew(Set.of(ONES), LONG)).isEmpty();
        leases().release(ONES);
        assertThat(leases().confirm(TWOS)).isTrue();
        assertThat(leases().lapsed()).isEmpty();
    }

    @Test
    void renewingLengthensTheLivesOfAllThatAreHeld() {
        // Given
        Lease other = new Lease("ws_2", "one", 2);
        leases().take(ONES, SHORT);
        leases().take(other, SHORT);

        // When
        assertThat(leases().renew(Set.of(ONES, other), LONG)).containsExactlyInAnyOrder(ONES, other);

        // Then
        Awaitility.await()
                .during(Duration.ofMillis(300))
                .until(() -> leases().lapsed().isEmpty());
        assertThat(leases().take(TWOS, LONG)).isFalse();
        assertThat(leases().renew(Set.of(), LONG)).isEmpty();
    }

    @Test
    void whatWasGivenBackIsFree() {
        // Given
        leases().take(ONES, LONG);

        // When
        leases().release(ONES);

        // Then
        assertThat(leases().confirm(ONES)).isFalse();
        assertThat(leases().take(TWOS, LONG)).isTrue();

        // When
        leases().forgetAll();

        // Then
        assertThat(leases().take(ONES, LONG)).isTrue();
    }

    @Test
    void nobodyTakesALeaseBetweenItsConfirmationAndTheEndOfTheTransaction() {
        // Given
        leases().take(ONES, SHORT);
        CompletableFuture<Boolean> taking = new CompletableFuture<>();

        // When
        transactions().run(() -> {
            assertThat(leases().confirm(ONES)).isTrue();
            Thread.startVirtualThread(() -> {
                pause(2 * SHORT.toMillis());
                taking.completeAsync(() -> leases().take(TWOS, LONG));
            });
            pause(4 * SHORT.toMillis());
            assertThat(taking).isNotDone();
        });

        // Then
        assertThat(taking.join()).isTrue();
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
