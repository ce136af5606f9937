package io.benchtop.service.workspace;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.identity.UserName;
import io.benchtop.service.spawn.WorkspaceId;
import java.time.Instant;
import java.util.Optional;

/** Port: which requests to create were answered already. */
public interface IdempotencyRepository {

    Optional<Answered> find(UserName owner, String key);

    void insert(UserName owner, String key, Answered answered);

    void forgetBefore(Instant time);

    /**
     * @param requestHash of what was asked
     * @param id what came of it
     */
    record Answered(String requestHash, WorkspaceId id, Instant at) {

        public Answered {
            requireNonNull(requestHash, "requestHash is null");
            requireNonNull(id, "id is null");
            requireNonNull(at, "at is null");
        }
    }
}
