package io.benchtop.service.workspace.jdbc;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.identity.UserName;
import io.benchtop.service.profile.LastChoices;
import io.benchtop.service.profile.ProfileChoice;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** What each person picked last, in the table {@code last_choices}. */
public final class JdbiLastChoices implements LastChoices {

    private static final String UPDATE = """
            update last_choices set profile = :profile, override_memory_bytes = :overrideMemoryBytes,
                override_cpus = :overrideCpus, override_gpus = :overrideGpus, override_image = :overrideImage
            where user_name = :user
            """;

    private static final String INSERT = """
            insert into last_choices (user_name, profile, override_memory_bytes, override_cpus, override_gpus, override_image)
            values (:user, :profile, :overrideMemoryBytes, :overrideCpus, :overrideGpus, :overrideImage)
            on conflict do nothing
            """;

    private final Jdbi jdbi;

    public JdbiLastChoices(Jdbi jdbi) {
        this.jdbi = requireNonNull(jdbi, "jdbi is null");
    }

    @Override
    public void remember(UserName user, ProfileChoice choice) {
        jdbi.useTransaction(handle -> {
            if (write(handle, UPDATE, user, choice) == 0) {
                write(handle, INSERT, user, choice);
            }
        });
    }

    @Override
    public Optional<ProfileChoice> find(UserName user) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select " + ChoiceColumns.NAMES + " from last_choices where user_name = :user")
                .bind("user", user.value())
                .map((row, _) -> ChoiceColumns.read(row))
                .findOne());
    }

    private static int write(Handle handle, String sql, UserName user, ProfileChoice choice) {
        return ChoiceColumns.bind(handle.createUpdate(sql), choice)
                .bind("user", user.value())
                .execute();
    }
}
