package io.benchtop.service.model;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.audit.Transactions;
import io.benchtop.service.identity.TextSeal;
import io.benchtop.service.lease.HeldLease;
import io.benchtop.service.lease.LeaseLost;
import io.benchtop.service.lease.Leases;
import io.benchtop.service.model.WebhookRepository.Due;
import io.benchtop.service.model.WebhookSender.Outcome;
import io.benchtop.service.problem.Outage;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends webhooks what the {@linkplain WebhookOutbox outbox} has for them, at least once and in the order in which it happened.
 *
 * <p>One thread of the replica that holds the lease {@value #LEASE} asks the database what is due. Of each webhook that is one
 * delivery at most, and all are tried at once, each by a thread of its own, so a receiver that hangs holds up nobody else for longer
 * than the sender waits. What became of a try is written after it: a crash between the two sends it again under the same id.
 */
public final class WebhookDeliveries implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WebhookDeliveries.class);
    private static final String LEASE = "webhooks";
    private static final long LOOK_EVERY_MILLIS = 1_000;
    private static final int AT_ONCE = 100;
    /** What was done is told so long. */
    private static final Duration KEPT = Duration.ofDays(30);

    private final WebhookRepository webhooks;
    private final WebhookSender sender;
    private final TextSeal seal;
    private final Leases leases;
    private final Transactions transactions;
    private final InstantSource clock;
    private final CountDownLatch end = new CountDownLatch(1);
    private final Outage outage = new Outage(LOG, "sending webhooks");
    private final Thread thread = Thread.ofPlatform().name("webhooks").daemon().unstarted(this::run);
    private Instant pruned = Instant.MIN;

    public WebhookDeliveries(
            WebhookRepository webhooks,
            WebhookSender sender,
            TextSeal seal,
            Leases leases,
            Transactions transactions,
            InstantSource clock) {
        this.webhooks = requireNonNull(webhooks, "webhooks is null");
        this.sender = requireNonNull(sender, "sender is null");
        this.seal = requireNonNull(seal, "seal is null");
        this.leases = requireNonNull(leases, "leases is null");
        this.transactions = requireNonNull(transactions, "transactions is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    public void begin() {
        thread.start();
    }

    private void run() {
        boolean ended = false;
        while (!ended) {
            try {
                Optional<HeldLease> lease = leases.take(LEASE);
                if (lease.isPresent()) {
                    try (HeldLease held = lease.get()) {
                        lookWhileHeld(held);
                    }
                }
            } catch (LeaseLost _) {
                LOG.info("leaving the webhooks to another replica");
            } catch (RuntimeException e) {
                outage.goesOn(e);
            }
            ended = isEndedAfterPause();
        }
    }

    private void lookWhileHeld(HeldLease lease) {
        do {
            while (look(lease) && end.getCount() > 0) {
                // There may be more for the same webhooks.
            }
            outage.over();
        } while (!isEndedAfterPause());
    }

    private boolean isEndedAfterPause() {
        try {
            return end.await(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** Tries what is due; false if nothing was. */
    boolean look(HeldLease lease) {
        Instant now = clock.instant();
        if (pruned.isBefore(now.minus(Duration.ofHours(1)))) {
            pruned = now;
            webhooks.forgetDoneBefore(now.minus(KEPT));
        }
        List<Due> due = webhooks.due(now, AT_ONCE);
        try (ExecutorService tries = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> begun = due.stream()
                    .<Future<?>>map(each -> tries.submit(() -> attempt(each, lease)))
                    .toList();
            begun.forEach(WebhookDeliveries::await);
        }
        return !due.isEmpty();
    }

    private static void await(Future<?> attempt) {
        try {
            attempt.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while sending", e);
        }
    }

    private void attempt(Due due, HeldLease lease) {
        lease.require();
        Delivery after = due.delivery().after(outcome(due), clock.instant());
        transactions.run(() -> {
            lease.confirm();
            webhooks.change(after);
        });
    }

    private Outcome outcome(Due due) {
        Webhook webhook = due.webhook();
        Delivery delivery = due.delivery();
        Instant now = clock.instant();
        return WebhookSecret.opened(seal, webhook.id(), webhook.sealedSecret())
                .map(secret -> sender.send(
                        webhook.url(),
                        Map.of(
                                "webhook-id", delivery.id(),
                                "webhook-timestamp", Long.toString(now.getEpochSecond()),
                                "webhook-signature", secret.signature(delivery.id(), now, delivery.body())),
                        delivery.body()))
                .orElseGet(() -> new Outcome(
                        false,
                        "Its secret was sealed with another key than this installation's. Delete the webhook and"
                                + " register it again."));
    }

    /** What is being tried comes to its end; the rest is found by whoever is next. */
    @Override
    public void close() {
        end.countDown();
    }
}
