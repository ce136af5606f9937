package io.benchtop.service.wiring;

import io.benchtop.service.audit.AuditTrail;
import io.benchtop.service.audit.Transactions;
import io.benchtop.service.identity.AttemptRepository;
import io.benchtop.service.identity.AttemptSeal;
import io.benchtop.service.identity.ExternalAccounts;
import io.benchtop.service.identity.ExternalIdentityRepository;
import io.benchtop.service.identity.ExternalSignIn;
import io.benchtop.service.identity.IdentityProvider;
import io.benchtop.service.identity.Sessions;
import io.benchtop.service.identity.SignInLimits;
import io.benchtop.service.identity.SignInMethods;
import io.benchtop.service.identity.Tokens;
import io.benchtop.service.identity.UserRepository;
import io.benchtop.service.identity.jwt.SigningKey;
import io.benchtop.service.identity.oidc.OidcIdentityProvider;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.env.Environment;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/** The way in through an OpenID Connect provider, if one is configured; looked at as soon as the service starts. */
@Factory
final class OidcFactory {

    private static final String CONFIGURED = "benchtop.oidc.issuer";

    @Context
    SignInMethods signInMethods(
            Environment environment, OidcConfig config, ServiceConfig service, ExternalIdentityRepository identities) {
        if (OidcKeys.given(environment.getPropertySources()).isEmpty()) {
            return new SignInMethods(true, null, identities);
        }
        OidcChoices choices = choices(config, service);
        return new SignInMethods(choices.passwords(), choices.displayName(), identities);
    }

    @Singleton
    @Requires(property = CONFIGURED)
    OidcChoices choices(OidcConfig config, ServiceConfig service) {
        return OidcChoices.of(config, service.getPublicUrl());
    }

    @Singleton
    @Requires(property = CONFIGURED)
    @Bean(preDestroy = "close", typed = IdentityProvider.class)
    OidcIdentityProvider identityProvider(OidcChoices choices, InstantSource clock) {
        return new OidcIdentityProvider(choices.settings(), clock);
    }

    @Singleton
    ExternalAccounts externalAccounts(
            UserRepository users,
            ExternalIdentityRepository identities,
            Sessions sessions,
            Tokens tokens,
            Transactions transactions,
            AuditTrail audit,
            InstantSource clock) {
        return new ExternalAccounts(users, identities, sessions, tokens, transactions, audit, clock);
    }

    @Singleton
    @Requires(property = CONFIGURED)
    ExternalSignIn externalSignIn(
            OidcChoices choices,
            IdentityProvider provider,
            SignInMethods methods,
            SigningKey key,
            AttemptRepository attempts,
            SignInLimits limits,
            ExternalAccounts accounts,
            AuditTrail audit,
            InstantSource clock) {
        AttemptSeal seal = new AttemptSeal(DerivedKey.of(key, "benchtop sign-in attempt key"));
        return new ExternalSignIn(provider, methods, seal, attempts, limits, choices.rules(), accounts, audit, clock);
    }
}
