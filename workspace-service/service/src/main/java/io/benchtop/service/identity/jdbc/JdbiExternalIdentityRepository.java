package io.benchtop.service.identity.jdbc;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.identity.ExternalIdentity;
import io.benchtop.service.identity.ExternalIdentityRepository;
import io.benchtop.service.identity.UserName;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** Identities at a provider in the table {@code external_identities}. */
public final class JdbiExternalIdentityRepository implements ExternalIdentityRepository {

    private final Jdbi jdbi;

    public JdbiExternalIdentityRepository(Jdbi jdbi) {
        this.jdbi = requireNonNull(jdbi, "jdbi is null");
    }

    @Override
    public Optional<UserName> find(ExternalIdentity identity) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select user_name from external_identities where issuer = :issuer and subject = :subject")
                .bind("issuer", identity.issuer())
                .bind("subject", identity.subject())
                .mapTo(String.class)
                .findOne()
                .map(UserName::new));
    }

    @Override
    public boolean isExternal(UserName user) {
        return jdbi.withHandle(
                handle -> handle.createQuery("select count(*) from external_identities where user_name = :user")
                                .bind("user", user.value())
                                .mapTo(long.class)
                                .one()
                        > 0);
    }

    @Override
    public boolean insert(ExternalIdentity identity, UserName user, Instant at) {
        return jdbi.withHandle(handle -> handle.createUpdate("""
                        insert into external_identities (issuer, subject, user_name, created_at)
                        values (:issuer, :subject, :user, :at)
                        on conflict do nothing
                        """)
                        .bind("issuer", identity.issuer())
                        .bind("subject", identity.subject())
                        .bind("user", user.value())
                        .bind("at", at)
                        .execute()
                == 1);
    }
}
