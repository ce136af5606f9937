package io.benchtop.service.wiring;

import io.benchtop.service.audit.AuditTrail;
import io.benchtop.service.audit.Transactions;
import io.benchtop.service.change.ChangeLog;
import io.benchtop.service.endpoint.CallCounts;
import io.benchtop.service.endpoint.Calls;
import io.benchtop.service.endpoint.EndpointDescriptions;
import io.benchtop.service.endpoint.EndpointFeature;
import io.benchtop.service.endpoint.EndpointRepository;
import io.benchtop.service.endpoint.EndpointRoutes;
import io.benchtop.service.endpoint.EndpointWatch;
import io.benchtop.service.endpoint.Endpoints;
import io.benchtop.service.endpoint.HardwareOffer;
import io.benchtop.service.endpoint.ModelServers;
import io.benchtop.service.endpoint.Observations;
import io.benchtop.service.endpoint.Servable;
import io.benchtop.service.endpoint.ServedOutputs;
import io.benchtop.service.endpoint.ServingKeys;
import io.benchtop.service.endpoint.http.HttpServedOutputs;
import io.benchtop.service.endpoint.jdbc.JdbiCallCounts;
import io.benchtop.service.endpoint.jdbc.JdbiEndpointRepository;
import io.benchtop.service.endpoint.jdbc.JdbiObservations;
import io.benchtop.service.identity.jwt.SigningKey;
import io.benchtop.service.lease.Leases;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Value;
import io.micronaut.context.event.StartupEvent;
import io.micronaut.runtime.event.annotation.EventListener;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import org.jdbi.v3.core.Jdbi;

/** The use cases of endpoints. */
@Factory
final class EndpointFactory {

    @Singleton
    EndpointRepository endpointRepository(Jdbi jdbi) {
        return new JdbiEndpointRepository(jdbi);
    }

    @Singleton
    CallCounts callCounts(Jdbi jdbi) {
        return new JdbiCallCounts(jdbi);
    }

    @Singleton
    Observations observations(Jdbi jdbi) {
        return new JdbiObservations(jdbi);
    }

    @Singleton
    ServedOutputs servedOutputs() {
        return new HttpServedOutputs();
    }

    @Singleton
    ServingKeys servingKeys(SigningKey key) {
        return new ServingKeys(DerivedKey.of(key, "serving"));
    }

    @Singleton
    EndpointRoutes endpointRoutes(
            EndpointRepository endpoints, CallCounts counts, ServingKeys keys, InstantSource clock) {
        return new EndpointRoutes(endpoints, counts, keys, clock);
    }

    @Singleton
    EndpointDescriptions endpointDescriptions(
            EndpointRepository endpoints, CallCounts counts, Observations observations, InstantSource clock) {
        return new EndpointDescriptions(endpoints, counts, observations, clock);
    }

    @Singleton
    @Bean(preDestroy = "close")
    EndpointFeature endpointFeature(
            EndpointRepository endpoints,
            CallCounts counts,
            Observations observations,
            ModelServers servers,
            ServedOutputs outputs,
            Servable servable,
            HardwareOffer hardware,
            Transactions transactions,
            ChangeLog log,
            Leases leases,
            AuditTrail audit,
            InstantSource clock,
            @Value("${benchtop.endpoint.patience:5m}") Duration patience,
            @Value("${benchtop.endpoint.retention:10m}") Duration retention) {
        return new EndpointFeature(
                new EndpointFeature.Ports(
                        endpoints,
                        counts,
                        observations,
                        servers,
                        outputs,
                        servable,
                        hardware,
                        transactions,
                        log,
                        leases,
                        audit,
                        clock),
                patience,
                retention);
    }

    @Singleton
    Endpoints endpoints(EndpointFeature feature) {
        return feature.endpoints();
    }

    @Singleton
    Calls calls(EndpointFeature feature) {
        return feature.calls();
    }

    /** Reconciles from the moment that everything is there. */
    @Singleton
    static final class Beginning {

        private final EndpointFeature feature;
        private final EndpointWatch watch;

        Beginning(EndpointFeature feature, EndpointWatch watch) {
            this.feature = feature;
            this.watch = watch;
        }

        @EventListener
        void begin(StartupEvent event) {
            feature.begin(watch);
        }
    }
}
