package io.benchtop.service.wiring;

import io.benchtop.service.audit.AuditHistory;
import io.benchtop.service.audit.AuditLog;
import io.benchtop.service.audit.Transactions;
import io.benchtop.service.audit.jdbc.JdbiAuditHistory;
import io.benchtop.service.audit.jdbc.JdbiAuditLog;
import io.benchtop.service.audit.jdbc.JdbiTransactions;
import io.benchtop.service.identity.AttemptRepository;
import io.benchtop.service.identity.ExternalIdentityRepository;
import io.benchtop.service.identity.LinkRepository;
import io.benchtop.service.identity.PasswordHashing;
import io.benchtop.service.identity.SessionRepository;
import io.benchtop.service.identity.SignedTokens;
import io.benchtop.service.identity.TokenRepository;
import io.benchtop.service.identity.UserRepository;
import io.benchtop.service.identity.bcrypt.BcryptPasswordHashing;
import io.benchtop.service.identity.jdbc.JdbiAttemptRepository;
import io.benchtop.service.identity.jdbc.JdbiExternalIdentityRepository;
import io.benchtop.service.identity.jdbc.JdbiLinkRepository;
import io.benchtop.service.identity.jdbc.JdbiSessionRepository;
import io.benchtop.service.identity.jdbc.JdbiTokenRepository;
import io.benchtop.service.identity.jdbc.JdbiUserRepository;
import io.benchtop.service.identity.jwt.JjwtSignedTokens;
import io.benchtop.service.identity.jwt.SigningKey;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** The adapters of identity and audit. */
@Factory
final class StorageFactory {

    @Singleton
    Transactions transactions(Jdbi jdbi) {
        return new JdbiTransactions(jdbi);
    }

    @Singleton
    AuditLog auditLog(Jdbi jdbi) {
        return new JdbiAuditLog(jdbi);
    }

    @Singleton
    AuditHistory auditHistory(Jdbi jdbi) {
        return new JdbiAuditHistory(jdbi);
    }

    @Singleton
    UserRepository users(Jdbi jdbi) {
        return new JdbiUserRepository(jdbi);
    }

    @Singleton
    SessionRepository sessions(Jdbi jdbi) {
        return new JdbiSessionRepository(jdbi);
    }

    @Singleton
    TokenRepository tokens(Jdbi jdbi) {
        return new JdbiTokenRepository(jdbi);
    }

    @Singleton
    LinkRepository links(Jdbi jdbi) {
        return new JdbiLinkRepository(jdbi);
    }

    @Singleton
    ExternalIdentityRepository externalIdentities(Jdbi jdbi) {
        return new JdbiExternalIdentityRepository(jdbi);
    }

    @Singleton
    AttemptRepository attempts(Jdbi jdbi) {
        return new JdbiAttemptRepository(jdbi);
    }

    @Singleton
    PasswordHashing passwordHashing(ServiceConfig config) {
        return new BcryptPasswordHashing(config.getPasswordCost());
    }

    @Singleton
    SigningKey signingKey(ServiceConfig config) throws IOException, GeneralSecurityException {
        Optional<Path> given = config.getSigningKeyFile();
        return given.isPresent()
                ? SigningKey.givenAs(given.get())
                : SigningKey.at(config.getData().resolve("config").resolve("signing.key"));
    }

    @Singleton
    SignedTokens signedTokens(SigningKey key, InstantSource clock) {
        return new JjwtSignedTokens(key, clock);
    }
}
