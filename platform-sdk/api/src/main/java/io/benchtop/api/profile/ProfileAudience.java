package io.benchtop.api.profile;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who may use a profile.
 *
 * @param kind {@code everybody}, {@code roles} or {@code users}
 * @param names the roles, or the names of the users; none with {@code everybody}
 */
public record ProfileAudience(
        @Nullable String kind, @Nullable List<String> names) {}
