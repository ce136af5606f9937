package io.benchtop.service.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.benchtop.service.problem.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** S38: a trial knows before it starts how many users it needs. */
class PlanTest {

    /** Reference: Fleiss' formula with the quantiles of scipy 1.17.1, rounded up: 74192.97, 14192.65, 2942.59, 692.57. */
    @ParameterizedTest
    @CsvSource({"0.01, 74193", "0.05, 14193", "0.2, 2943", "0.5, 693"})
    void aSmallBaselineNeedsManyUsers(double baseline, long users) {
        assertThat(Plan.usual(baseline, 0.15).horizon()).isEqualTo(users);
    }

    @Test
    void moreCertaintyAndSmallerEffectsNeedMoreUsers() {
        // Given
        long usual = Plan.usual(0.05, 0.15).horizon();

        // Then
        assertThat(new Plan(0.05, 0.15, 0.01, 0.8).horizon()).isGreaterThan(usual);
        assertThat(new Plan(0.05, 0.15, 0.05, 0.9).horizon()).isGreaterThan(usual);
        assertThat(new Plan(0.05, 0.10, 0.05, 0.8).horizon()).isGreaterThan(2 * usual);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0.15, 0.05, 0.8, baseline",
        "1, 0.15, 0.05, 0.8, baseline",
        "NaN, 0.15, 0.05, 0.8, baseline",
        "0.05, 0, 0.05, 0.8, minimalEffect",
        "0.05, -0.15, 0.05, 0.8, minimalEffect",
        "0.05, NaN, 0.05, 0.8, minimalEffect",
        "0.9, 0.15, 0.05, 0.8, minimalEffect",
        "0.05, 0.00001, 0.05, 0.8, minimalEffect",
        "0.05, 0.15, 0, 0.8, alpha",
        "0.05, 0.15, 0.5, 0.8, alpha",
        "0.05, 0.15, 0.05, 0.2, power",
        "0.05, 0.15, 0.05, 1, power"
    })
    void whatCannotBeAPlanIsRefusedWithItsField(
            double baseline, double minimalEffect, double alpha, double power, String field) {
        assertThatThrownBy(() -> new Plan(baseline, minimalEffect, alpha, power))
                .isInstanceOf(ProblemException.class)
                .hasMessageStartingWith(field + ": ");
    }
}
