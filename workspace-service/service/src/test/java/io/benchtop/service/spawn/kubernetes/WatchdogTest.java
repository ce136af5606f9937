package io.benchtop.service.spawn.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class WatchdogTest {

    @Test
    void f08ACacheThatMissedAChangeStandsStill() {
        assertThat(Watchdog.standsStill(Map.of("a", "2"), Map.of("a", "1"), Map.of("a", "1")))
                .isTrue();
        assertThat(Watchdog.standsStill(Map.of("a", "1"), Map.of(), Map.of())).isTrue();
    }

    @Test
    void f08ACacheThatMissedADeletionStandsStill() {
        assertThat(Watchdog.standsStill(Map.of(), Map.of("a", "1"), Map.of("a", "1")))
                .isTrue();
    }

    @Test
    void aCacheThatIsJustBehindDoesNot() {
        assertThat(Watchdog.standsStill(Map.of("a", "2"), Map.of("a", "1"), Map.of("a", "2")))
                .isFalse();
        assertThat(Watchdog.standsStill(Map.of("a", "2"), Map.of("a", "1"), Map.of("a", "3")))
                .isFalse();
        assertThat(Watchdog.standsStill(Map.of(), Map.of("a", "1"), Map.of())).isFalse();
    }
}
