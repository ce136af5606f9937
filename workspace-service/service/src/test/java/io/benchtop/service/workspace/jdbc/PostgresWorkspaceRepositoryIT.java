package io.benchtop.service.workspace.jdbc;

import io.benchtop.service.TestingDatabases;
import io.benchtop.service.identity.DisplayName;
import io.benchtop.service.identity.Role;
import io.benchtop.service.identity.User;
import io.benchtop.service.identity.UserName;
import io.benchtop.service.identity.jdbc.JdbiUserRepository;
import io.benchtop.service.profile.LastChoices;
import io.benchtop.service.workspace.IdempotencyRepository;
import io.benchtop.service.workspace.WorkspaceRepository;
import io.benchtop.service.workspace.WorkspaceRepositoryContract;
import java.time.Instant;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;

class PostgresWorkspaceRepositoryIT extends WorkspaceRepositoryContract {

    private Jdbi jdbi;

    @BeforeEach
    void open() {
        jdbi = TestingDatabases.postgres();
        for (String name : new String[] {"alice", "bob"}) {
            new JdbiUserRepository(jdbi)
                    .insert(new User(
                            new UserName(name), new DisplayName(name), Role.DEVELOPER, false, Instant.EPOCH, null));
        }
    }

    @Override
    protected WorkspaceRepository workspaces() {
        return new JdbiWorkspaceRepository(jdbi);
    }

    @Override
    protected LastChoices lastChoices() {
        return new JdbiLastChoices(jdbi);
    }

    @Override
    protected IdempotencyRepository answers() {
        return new JdbiIdempotencyRepository(jdbi);
    }
}
