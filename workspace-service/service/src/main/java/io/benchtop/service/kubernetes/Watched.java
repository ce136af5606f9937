package io.benchtop.service.kubernetes;

import static java.util.Objects.requireNonNull;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An informer that never gives up. Left to itself, an informer stops for good at its first surprise, and its cache freezes in
 * silence (SECURITY.md (a)): its exception handler tells it to go on whatever happens, and whoever calls {@link #check} every
 * second sees to it that one that does not watch although the cluster answers is replaced. The old one's cache is kept until
 * the new one is filled.
 */
public final class Watched<T extends HasMetadata> implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Watched.class);

    /** Longer than the longest pause between an informer's own attempts. */
    private static final Duration PATIENCE = Duration.ofSeconds(12);

    private final String what;
    private final Supplier<SharedIndexInformer<T>> informers;
    private volatile SharedIndexInformer<T> current;
    private volatile @Nullable SharedIndexInformer<T> next;
    private long blindSince = System.nanoTime();

    /** @param informers gives a fresh one that is not started */
    public Watched(String what, Supplier<SharedIndexInformer<T>> informers) {
        this.what = requireNonNull(what, "what is null");
        this.informers = requireNonNull(informers, "informers is null");
        this.current = started();
    }

    private SharedIndexInformer<T> started() {
        SharedIndexInformer<T> informer = informers.get().exceptionHandler((_, _) -> true);
        informer.start();
        return informer;
    }

    public SharedIndexInformer<T> current() {
        return current;
    }

    /** Whether the cache was ever filled. */
    public boolean isSynced() {
        return current.hasSynced();
    }

    public boolean isWatching() {
        return current.isWatching();
    }

    /** @param answering whether the cluster answers other questions */
    public synchronized void check(boolean answering) {
        SharedIndexInformer<T> fresh = next;
        if (fresh != null) {
            if (fresh.hasSynced() && fresh.isWatching()) {
                current.stop();
                current = fresh;
                next = null;
            }
            return;
        }
        if (current.isWatching() || !answering) {
            blindSince = System.nanoTime();
        } else if (System.nanoTime() - blindSince > PATIENCE.toNanos()) {
            renew("it does not watch although the cluster answers");
        }
    }

    public synchronized void renew(String why) {
        if (next == null) {
            LOG.atWarn().addKeyValue("what", what).addKeyValue("why", why).log("watching anew");
            next = started();
            blindSince = System.nanoTime();
        }
    }

    @Override
    public synchronized void close() {
        SharedIndexInformer<T> fresh = next;
        if (fresh != null) {
            fresh.stop();
        }
        current.stop();
    }
}
