package io.benchtop.service.lease;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.problem.Outage;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The leases of this process: takes them, and renews all that are held by one statement three times in a life. */
public final class Leases implements AutoCloseable {

    /** Long enough for a hiccup of the database, short enough for whoever waits for a dead replica's work. */
    public static final Duration LIFE = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(Leases.class);

    private final LeaseRepository repository;
    private final Duration life;
    private final String holder = Long.toUnsignedString(new SecureRandom().nextLong(), Character.MAX_RADIX);
    private final AtomicLong epochs = new AtomicLong();
    private final Map<Lease, HeldLease> held = new ConcurrentHashMap<>();
    private final CountDownLatch end = new CountDownLatch(1);
    private final Outage outage = new Outage(LOG, "renewing leases");
    private final Thread thread = Thread.ofPlatform().name("leases").daemon().unstarted(this::run);

    public Leases(LeaseRepository repository, Duration life) {
        this.repository = requireNonNull(repository, "repository is null");
        this.life = requireNonNull(life, "life is null");
    }

    public void begin() {
        thread.start();
    }

    /** The lease of this name, unless somebody has it. */
    public Optional<HeldLease> take(String name) {
        long sent = System.nanoTime();
        Lease lease = new Lease(name, holder, epochs.incrementAndGet());
        if (end.getCount() == 0 || !repository.take(lease, life)) {
            return Optional.empty();
        }
        HeldLease taken = new HeldLease(this, lease, sent);
        held.put(lease, taken);
        return Optional.of(taken);
    }

    /** What somebody began and does not go on with. */
    public List<String> lapsed() {
        return repository.lapsed();
    }

    Duration life() {
        return life;
    }

    boolean confirms(Lease lease) {
        return repository.confirm(lease);
    }

    void release(HeldLease given) {
        given.lose();
        if (held.remove(given.lease()) != null) {
            try {
                repository.release(given.lease());
            } catch (RuntimeException e) {
                LOG.atDebug()
                        .addKeyValue("lease", given.lease().name())
                        .setCause(e)
                        .log("a lease will lapse by itself");
            }
        }
    }

    private void run() {
        try {
            while (!end.await(life.toMillis() * 3 / 10, TimeUnit.MILLISECONDS)) {
                try {
                    renew();
                    outage.over();
                } catch (RuntimeException e) {
                    outage.goesOn(e);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void renew() {
        Map<Lease, HeldLease> asked = Map.copyOf(held);
        if (asked.isEmpty()) {
            return;
        }
        long sent = System.nanoTime();
        Set<Lease> renewed = repository.renew(asked.keySet(), life);
        asked.forEach((lease, holding) -> {
            if (renewed.contains(lease)) {
                holding.renewed(sent);
            } else if (held.remove(lease) != null) {
                holding.lose();
                LOG.atWarn().addKeyValue("lease", lease.name()).log("a lease was lost to another replica");
            }
        });
    }

    /** Gives all back: others may go on at once. */
    @Override
    public void close() {
        end.countDown();
        held.values().forEach(this::release);
    }
}
