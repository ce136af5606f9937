package io.benchtop.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class ShownTest {

    @Test
    void showsFiguresAsPeopleReadThem() {
        // Given
        var resources = new Resources(
                Optional.of(2.0),
                Optional.of(2_147_483_648L),
                Optional.of(314_572_800L),
                Optional.of(256),
                Optional.of("watched"));

        // Then
        assertThat(resources).hasToString("Resources(cpus: 2, memory: 300 MiB of 2.0 GiB, processes: up to 256)");
    }

    @Test
    void saysWhatIsNotLimitedOrNotKnown() {
        // Given
        var resources =
                new Resources(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

        // Then
        assertThat(resources)
                .hasToString("Resources(cpus: not limited, memory: unknown, not limited, processes: not limited)");
    }
}
