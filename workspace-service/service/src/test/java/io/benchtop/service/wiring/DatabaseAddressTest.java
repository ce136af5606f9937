package io.benchtop.service.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseAddressTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql://db/benchtop?password=canary",
                "jdbc:postgresql://db/benchtop?ssl=true&PASSWORD=canary",
                "jdbc:postgresql://user:canary@db/benchtop"
            })
    void s08APasswordInTheAddressStopsTheStart(String url) {
        assertThatThrownBy(() -> DatabaseFactory.checkUrl(url))
                .hasMessageContaining("BENCHTOP_DATABASE_PASSWORD_FILE")
                .hasMessageNotContaining("canary");
    }

    @Test
    void anAddressWithoutOneIsTaken() {
        assertThat(DatabaseFactory.checkUrl("jdbc:postgresql://db/benchtop?ssl=true"))
                .isEqualTo("jdbc:postgresql://db/benchtop?ssl=true");
    }
}
