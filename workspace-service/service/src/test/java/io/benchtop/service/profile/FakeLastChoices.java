package io.benchtop.service.profile;

import io.benchtop.service.identity.UserName;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Last choices in memory. */
public final class FakeLastChoices implements LastChoices {

    private final Map<UserName, ProfileChoice> choices = new ConcurrentHashMap<>();

    @Override
    public void remember(UserName user, ProfileChoice choice) {
        choices.put(user, choice);
    }

    @Override
    public Optional<ProfileChoice> find(UserName user) {
        return Optional.ofNullable(choices.get(user));
    }
}
