package io.benchtop.service.profile;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Profiles in memory. */
public final class FakeProfileRepository implements ProfileRepository {

    private final Map<OptionSlug, OfferedProfile> profiles = new LinkedHashMap<>();

    @Override
    public synchronized List<OfferedProfile> list() {
        return List.copyOf(profiles.values());
    }

    @Override
    public synchronized Optional<OfferedProfile> find(OptionSlug slug) {
        return Optional.ofNullable(profiles.get(slug));
    }

    @Override
    public synchronized boolean insert(OfferedProfile profile) {
        return profiles.putIfAbsent(profile.slug(), profile) == null;
    }

    @Override
    public synchronized Optional<OfferedProfile> change(OptionSlug slug, UnaryOperator<OfferedProfile> change) {
        return Optional.ofNullable(profiles.computeIfPresent(slug, (_, now) -> change.apply(now)));
    }

    @Override
    public synchronized void remove(OptionSlug slug) {
        profiles.remove(slug);
    }
}
