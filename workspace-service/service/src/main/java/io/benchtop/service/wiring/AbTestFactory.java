package io.benchtop.service.wiring;

import io.benchtop.service.abtest.AbTestRepository;
import io.benchtop.service.abtest.AbTestWatch;
import io.benchtop.service.abtest.AbTests;
import io.benchtop.service.abtest.jdbc.JdbiAbTestRepository;
import io.benchtop.service.audit.AuditTrail;
import io.benchtop.service.audit.Transactions;
import io.benchtop.service.endpoint.EndpointRepository;
import io.benchtop.service.endpoint.EndpointWatch;
import io.benchtop.service.endpoint.Endpoints;
import io.benchtop.service.endpoint.Servable;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import org.jdbi.v3.core.Jdbi;

/** The use cases of A/B tests. */
@Factory
final class AbTestFactory {

    @Singleton
    AbTestRepository abTestRepository(Jdbi jdbi) {
        return new JdbiAbTestRepository(jdbi);
    }

    @Singleton
    AbTests abTests(
            AbTestRepository tests,
            Endpoints endpoints,
            Servable servable,
            AuditTrail audit,
            Transactions transactions,
            InstantSource clock) {
        return new AbTests(tests, endpoints, servable, audit, transactions, clock);
    }

    @Singleton
    EndpointWatch endpointWatch(
            AbTestRepository tests,
            EndpointRepository endpoints,
            Endpoints verbs,
            AuditTrail audit,
            Transactions transactions,
            InstantSource clock) {
        return new AbTestWatch(tests, endpoints, verbs, audit, transactions, clock);
    }
}
