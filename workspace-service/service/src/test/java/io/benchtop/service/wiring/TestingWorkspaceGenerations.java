package io.benchtop.service.wiring;

import io.benchtop.service.identity.WorkspaceGenerations;
import io.micronaut.context.annotation.Primary;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.util.Optional;

/** With the property {@code testing.workspace}, an id, a server of that workspace runs in its first generation. */
@Singleton
@Primary
@Requires(property = "testing.workspace")
final class TestingWorkspaceGenerations implements WorkspaceGenerations {

    private final String id;

    TestingWorkspaceGenerations(@Value("${testing.workspace}") String id) {
        this.id = id;
    }

    @Override
    public Optional<Label> current(String workspaceId, long generation) {
        return workspaceId.equals(id) && generation == 1
                ? Optional.of(new Label(id, "exp", "Experiments"))
                : Optional.empty();
    }
}
