package io.benchtop.service.wiring;

import io.benchtop.service.spawn.policycheck.FakeReachProbe;
import io.benchtop.service.spawn.policycheck.PolicyCheck;
import io.benchtop.service.spawn.policycheck.Target;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;

/** With the property {@code testing.open-network}, servers can reach the database. */
@Factory
@Requires(property = "testing.open-network")
final class FakePolicyCheckFactory {

    @Singleton
    PolicyCheck policyCheck() {
        FakeReachProbe network = new FakeReachProbe();
        network.open.addAll(List.of("the platform", "the database"));
        return new PolicyCheck(
                network,
                List.of(new Target("the database", "db", 5432)),
                new Target("the platform", "proxy", 80),
                Duration.ofMinutes(1),
                Duration.ofHours(6));
    }
}
