package io.benchtop.service.spawn;

import io.benchtop.service.profile.ServerSpec;
import java.util.List;
import java.util.Optional;

/** Where servers cannot be started before it is known whose they are. */
final class NoWarmServers implements WarmServers {

    @Override
    public Optional<String> kind(ServerSpec spec) {
        return Optional.empty();
    }

    @Override
    public List<WarmServer> list() {
        return List.of();
    }

    @Override
    public List<WarmServer> seen() {
        return List.of();
    }

    @Override
    public void make(WorkspaceId id, ServerSpec spec) {
        throw new UnsupportedOperationException("there are no warm servers here");
    }

    @Override
    public void discard(WorkspaceId id) {}
}
