package io.benchtop.service.wiring;

import io.benchtop.service.audit.AuditHistory;
import io.benchtop.service.audit.AuditLog;
import io.benchtop.service.audit.AuditTrail;
import io.benchtop.service.audit.AuditVerification;
import io.benchtop.service.audit.Transactions;
import io.benchtop.service.change.ChangeLog;
import io.benchtop.service.identity.AuditReading;
import io.benchtop.service.identity.Authentication;
import io.benchtop.service.identity.LinkRepository;
import io.benchtop.service.identity.PasswordHashing;
import io.benchtop.service.identity.Passwords;
import io.benchtop.service.identity.SessionRepository;
import io.benchtop.service.identity.Sessions;
import io.benchtop.service.identity.SignIn;
import io.benchtop.service.identity.SignInLimits;
import io.benchtop.service.identity.SignInLinks;
import io.benchtop.service.identity.SignInMethods;
import io.benchtop.service.identity.SignedTokens;
import io.benchtop.service.identity.TokenRepository;
import io.benchtop.service.identity.Tokens;
import io.benchtop.service.identity.TrialUser;
import io.benchtop.service.identity.UserRepository;
import io.benchtop.service.identity.Users;
import io.benchtop.service.identity.WorkspaceGenerations;
import io.benchtop.service.identity.WorkspaceTokens;
import io.micronaut.context.BeanProvider;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.Optional;

/** The use cases of identity. */
@Factory
final class IdentityFactory {

    @Singleton
    AuditTrail auditTrail(AuditLog log, InstantSource clock) {
        return new AuditTrail(log, clock);
    }

    @Singleton
    AuditReading auditReading(AuditHistory history, AuditTrail trail) {
        return new AuditReading(history, new AuditVerification(history), trail);
    }

    @Singleton
    SignInLimits signInLimits(InstantSource clock) {
        return new SignInLimits(clock);
    }

    @Singleton
    Sessions sessions(
            SessionRepository sessions,
            UserRepository users,
            SignedTokens tokens,
            ChangeLog changes,
            Transactions transactions,
            AuditTrail audit,
            InstantSource clock) {
        return new Sessions(sessions, users, tokens, changes, transactions, audit, clock);
    }

    @Singleton
    Tokens tokens(
            TokenRepository tokens,
            ChangeLog changes,
            Transactions transactions,
            AuditTrail audit,
            InstantSource clock) {
        return new Tokens(tokens, changes, transactions, audit, clock);
    }

    @Singleton
    Passwords passwords(
            UserRepository users,
            PasswordHashing hashing,
            SignInMethods methods,
            SignInLimits limits,
            Sessions sessions,
            Tokens tokens,
            Transactions transactions,
            AuditTrail audit) {
        return new Passwords(users, hashing, methods, limits, sessions, tokens, transactions, audit);
    }

    @Singleton
    SignInLinks signInLinks(
            LinkRepository links,
            UserRepository users,
            SignInMethods methods,
            Transactions transactions,
            AuditTrail audit,
            InstantSource clock) {
        return new SignInLinks(links, users, methods, transactions, audit, clock);
    }

    @Singleton
    TrialUser trialUser(
            UserRepository users, Tokens tokens, Transactions transactions, AuditTrail audit, InstantSource clock) {
        return new TrialUser(users, tokens, transactions, audit, clock);
    }

    @Singleton
    SignIn signIn(
            UserRepository users,
            Passwords passwords,
            SignInLimits limits,
            SignInLinks links,
            Sessions sessions,
            Tokens tokens,
            Transactions transactions,
            AuditTrail audit,
            InstantSource clock) {
        return new SignIn(users, passwords, limits, links, sessions, tokens, transactions, audit, clock);
    }

    @Singleton
    Users users(
            UserRepository users,
            Sessions sessions,
            Tokens tokens,
            Transactions transactions,
            AuditTrail audit,
            InstantSource clock) {
        return new Users(users, sessions, tokens, transactions, audit, clock);
    }

    @Singleton
    WorkspaceTokens workspaceTokens(SignedTokens tokens, InstantSource clock) {
        return new WorkspaceTokens(tokens, clock);
    }

    /** Without a workspace feature no server runs, and no token of one counts. */
    @Singleton
    Authentication authentication(
            UserRepository users,
            SessionRepository sessions,
            Tokens tokens,
            SignedTokens signedTokens,
            BeanProvider<WorkspaceGenerations> generations,
            InstantSource clock) {
        WorkspaceGenerations late = (id, generation) -> generations
                .find(null)
                .map(known -> known.current(id, generation))
                .orElse(Optional.empty());
        return new Authentication(users, sessions, tokens, signedTokens, late, clock);
    }
}
