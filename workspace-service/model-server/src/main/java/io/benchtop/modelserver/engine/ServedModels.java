package io.benchtop.modelserver.engine;

import io.benchtop.modelserver.protocol.InferenceException;
import io.benchtop.modelserver.protocol.InferenceException.Reason;
import io.benchtop.modelserver.protocol.Quote;
import io.benchtop.modelserver.store.ModelVersionNumber;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which versions are served under which names. Readers see one immutable picture; a change makes the next one and lets go
 * of what is not in it, so that a request finds either the old version or the new one.
 */
public final class ServedModels {

    /** A model that is not served, and why. */
    public record Unavailable(String name, boolean loading, String reason) {}

    private record Picture(
            Map<String, NavigableMap<String, ServedVersion>> models, SortedMap<String, Unavailable> unavailable) {}

    private volatile Picture picture = new Picture(Map.of(), new TreeMap<>());

    /** The version of the name, or its highest, for the caller to release. */
    ServedVersion acquire(String name, @Nullable String version) {
        while (true) {
            ServedVersion found = find(name, version);
            if (found.tryAcquire()) {
                return found;
            }
        }
    }

    /** The version of the name, or its highest, to look at. */
    public ServedVersion find(String name, @Nullable String version) {
        Picture now = picture;
        NavigableMap<String, ServedVersion> versions = now.models.get(name);
        if (versions == null) {
            Unavailable unavailable = now.unavailable.get(name);
            if (unavailable != null && unavailable.loading) {
                throw new InferenceException(Reason.UNAVAILABLE, "model " + Quote.of(name) + " is being loaded");
            }
            throw new InferenceException(
                    unavailable == null ? Reason.UNKNOWN : Reason.UNAVAILABLE,
                    unavailable == null
                            ? "there is no model " + Quote.of(name)
                            : "model " + Quote.of(name) + " could not be loaded: " + unavailable.reason);
        }
        ServedVersion found =
                version == null || version.isEmpty() ? versions.lastEntry().getValue() : versions.get(version);
        if (found == null) {
            throw new InferenceException(
                    Reason.UNKNOWN,
                    "model " + Quote.of(name) + " has no version " + Quote.of(version + "") + " here; it has "
                            + versions.keySet());
        }
        return found;
    }

    public List<String> versions(String name) {
        NavigableMap<String, ServedVersion> versions = picture.models.get(name);
        return versions == null ? List.of() : List.copyOf(versions.keySet());
    }

    public List<ServedVersion> all() {
        return picture.models.values().stream()
                .map(NavigableMap::values)
                .flatMap(Collection::stream)
                .toList();
    }

    public List<Unavailable> unavailable() {
        return List.copyOf(picture.unavailable.values());
    }

    /** Says that the name will be served; what it serves already goes on. */
    synchronized void announce(String name) {
        picture = change(name, picture.models.get(name), new Unavailable(name, true, "loading"));
    }

    /** Says why the name could not be loaded anew; what it serves already goes on. */
    synchronized void refuse(String name, String reason) {
        picture = change(name, picture.models.get(name), new Unavailable(name, false, reason));
    }

    /** Serves exactly these versions under the name from now on; none: the name is not served. */
    synchronized void replace(String name, Collection<ServedVersion> versions) {
        NavigableMap<String, ServedVersion> old = picture.models.get(name);
        NavigableMap<String, ServedVersion> next = new TreeMap<>(ModelVersionNumber.ORDER);
        versions.forEach(version -> next.put(version.version(), version));
        picture = change(name, next.isEmpty() ? null : next, null);
        if (old != null) {
            old.values().forEach(ServedVersion::release);
        }
    }

    private Picture change(
            String name, @Nullable NavigableMap<String, ServedVersion> versions, @Nullable Unavailable unavailable) {
        Map<String, NavigableMap<String, ServedVersion>> models = new HashMap<>(picture.models);
        SortedMap<String, Unavailable> others = new TreeMap<>(picture.unavailable);
        if (versions == null) {
            models.remove(name);
        } else {
            models.put(name, versions);
        }
        if (unavailable == null) {
            others.remove(name);
        } else {
            others.put(name, unavailable);
        }
        return new Picture(models, others);
    }
}
