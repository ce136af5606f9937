package io.benchtop.proxy.auth;

import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A concurrent cache of at most {@code capacity} entries in two generations: when the young one is half full it
 * becomes the old one, and what was old is forgotten unless it was used since. Constant time, no bookkeeping per hit,
 * and hostile keys can only push out other entries, never grow it.
 */
final class BoundedCache<K, V> {

    private final int half;
    private volatile ConcurrentHashMap<K, V> young = new ConcurrentHashMap<>();
    private volatile ConcurrentHashMap<K, V> old = new ConcurrentHashMap<>();

    BoundedCache(int capacity) {
        this.half = Math.max(1, capacity / 2);
    }

    @Nullable
    V get(K key) {
        V value = young.get(key);
        if (value == null) {
            value = old.get(key);
            if (value != null) {
                put(key, value);
            }
        }
        return value;
    }

    void put(K key, V value) {
        if (young.size() >= half && !young.containsKey(key)) {
            turn();
        }
        young.put(key, value);
    }

    private synchronized void turn() {
        if (young.size() >= half) {
            old = young;
            young = new ConcurrentHashMap<>();
        }
    }

    void removeIf(Predicate<V> condition) {
        young.values().removeIf(condition);
        old.values().removeIf(condition);
    }

    synchronized void clear() {
        young = new ConcurrentHashMap<>();
        old = new ConcurrentHashMap<>();
    }

    int size() {
        return young.size() + old.size();
    }
}
