package io.benchtop.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.benchtop.service.TestingService;
import io.benchtop.service.identity.Role;
import io.benchtop.service.spawn.policycheck.PolicyCheck;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A network that does not keep servers apart is said to everybody who asks (S16). */
class NetworkWarningIT {

    @Test
    void s16TheStatusSaysThatServersAreNotKeptApart(@TempDir Path data) {
        try (TestingService service = TestingService.start(data, Map.of("testing.open-network", true))) {
            // Given
            service.bean(PolicyCheck.class).run();

            // When
            String status =
                    service.signIn("alice", Role.VIEWER).get("/api/v1/status").body();

            // Then
            assertThat(status).contains("SERVERS ARE NOT KEPT APART", "the database could be reached");
        }
    }

    @Test
    void whereThereAreNoPoliciesNothingIsSaidAboutThem(@TempDir Path data) {
        try (TestingService service = TestingService.start(data)) {
            assertThat(service.signIn("alice", Role.VIEWER)
                            .get("/api/v1/status")
                            .body())
                    .doesNotContain("network policies");
        }
    }
}
