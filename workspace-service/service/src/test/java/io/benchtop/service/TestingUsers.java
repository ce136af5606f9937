package io.benchtop.service;

import io.benchtop.service.identity.DisplayName;
import io.benchtop.service.identity.Role;
import io.benchtop.service.identity.User;
import io.benchtop.service.identity.UserName;
import io.benchtop.service.identity.jdbc.JdbiUserRepository;
import java.time.Instant;
import org.jdbi.v3.core.Jdbi;

/** People who own something. */
public final class TestingUsers {

    private TestingUsers() {}

    public static void insert(Jdbi jdbi, UserName name) {
        new JdbiUserRepository(jdbi)
                .insert(new User(name, new DisplayName(name.value()), Role.DEVELOPER, false, Instant.EPOCH, null));
    }
}
