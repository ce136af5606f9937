package io.benchtop.service.profile;

import static io.benchtop.service.profile.SampleProfile.GIB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.benchtop.api.profile.Resources;
import io.benchtop.service.problem.ErrorCode;
import io.benchtop.service.problem.ProblemException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerSpecsTest {

    private static final OfferedProfile PROFILE = SampleProfile.profile();

    @Test
    void withoutAChoiceAServerIsWhatTheProfileSays() {
        assertThat(ServerSpecs.of(PROFILE, Overrides.NONE)).isEqualTo(PROFILE.spec());
    }

    @Test
    void aChoiceCountsAndEverythingElseStays() {
        // When
        ServerSpec spec = ServerSpecs.of(PROFILE, new Overrides(32 * GIB, 0.5, 4, new OptionSlug("jax")));

        // Then
        ServerSpec own = PROFILE.spec();
        assertThat(spec)
                .isEqualTo(new ServerSpec(
                        new Resources(32 * GIB, 1000, 0.5),
                        new ImageReference("registry.example.org/notebook/jax:4.2"),
                        new Gpu("nvidia.com/gpu", 4),
                        own.nodeSelector(),
                        own.tolerations(),
                        own.volumes(),
                        own.env()));
    }

    @Test
    void noAcceleratorIsNoKindOfAcceleratorEither() {
        assertThat(ServerSpecs.of(PROFILE, new Overrides(null, null, 0, null)).gpu())
                .isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "34359738369, , , , overrides.memoryBytes, at most 34359738368 (32768 MiB)",
        "9223372036854775807, , , , overrides.memoryBytes, at most 34359738368",
        "1, , , , overrides.memoryBytes, 128 MiB",
        "0, , , , overrides.memoryBytes, 128 MiB",
        "-34359738368, , , , overrides.memoryBytes, 128 MiB",
        ", 8.01, , , overrides.cpus, at most 8.0",
        ", 0, , , overrides.cpus, at least 0.1",
        ", -1, , , overrides.cpus, at least 0.1",
        ", NaN, , , overrides.cpus, at least 0.1",
        ", Infinity, , , overrides.cpus, at least 0.1",
        ", , 5, , overrides.gpus, at most 4",
        ", , -1, , overrides.gpus, 0 or more",
        ", , , python, overrides.image, 'must be one of jax, r-4'",
    })
    void s50WhatTheProfileDoesNotAllowIsNothingAServerIsMadeOf(
            @Nullable Long memory,
            @Nullable Double cpus,
            @Nullable Integer gpus,
            @Nullable String image,
            String field,
            String words) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> ServerSpecs.of(
                        PROFILE, new Overrides(memory, cpus, gpus, image == null ? null : new OptionSlug(image))))
                .satisfies(refused -> {
                    assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_FIELD);
                    assertThat(refused.errors()).singleElement().satisfies(error -> {
                        assertThat(error.field()).isEqualTo(field);
                        assertThat(error.message()).contains(words);
                    });
                });
    }

    @ParameterizedTest
    @CsvSource({
        "2147483648, , , , overrides.memoryBytes",
        ", 1, , , overrides.cpus",
        ", , 0, , overrides.gpus",
        ", , 1, , overrides.gpus",
        ", , , jax, overrides.image",
    })
    void aProfileThatSaysNothingAllowsNothingNotEvenLess(
            @Nullable Long memory,
            @Nullable Double cpus,
            @Nullable Integer gpus,
            @Nullable String image,
            String field) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> ServerSpecs.of(
                        SampleProfile.plain("small"),
                        new Overrides(memory, cpus, gpus, image == null ? null : new OptionSlug(image))))
                .satisfies(refused -> assertThat(refused.detail()).startsWith(field + ": is fixed by the profile"));
    }
}
