package io.benchtop.service.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class StartLogsTest {

    @Test
    void whatTwoEndsOfALogHaveInCommonIsNotNew() {
        assertThat(StartLogs.overlap(List.of(), List.of("a"))).isZero();
        assertThat(StartLogs.overlap(List.of("a", "b"), List.of("a", "b", "c"))).isEqualTo(2);
        assertThat(StartLogs.overlap(List.of("a", "b", "c"), List.of("b", "c", "d")))
                .isEqualTo(2);
        assertThat(StartLogs.overlap(List.of("a", "a"), List.of("a", "a", "a"))).isEqualTo(2);
        assertThat(StartLogs.overlap(List.of("a", "b"), List.of("x", "y"))).isZero();
    }
}
