package io.benchtop.service.profile;

import static io.benchtop.service.profile.SampleProfile.DIGEST;
import static io.benchtop.service.profile.SampleProfile.GIB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.benchtop.api.profile.ProfileRequest;
import io.benchtop.service.problem.ProblemException;
import io.benchtop.service.problem.ProblemException.FieldError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProfileReadingTest {

    private static final Gson GSON = new Gson();

    @Test
    void whatIsReadIsWrittenTheSame() {
        // Given
        OfferedProfile profile = SampleProfile.profile();

        // Then
        assertThat(ProfileReading.read(ProfileDescriptions.complete(profile))).isEqualTo(profile);
        assertThat(profile.spec().gpu()).isEqualTo(new Gpu("nvidia.com/gpu", 1));
        assertThat(profile.spec().resources().memoryBytes()).isEqualTo(8 * GIB);
    }

    /** One field of the sample is replaced; the error names the field and says what is wrong. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "slug | null | slug | is missing",
                "slug | \"Gpu\" | slug | lower-case",
                "slug | \"new\" | slug | not \"new\"",
                "slug | \"a\\nhostPID: true\" | slug | lower-case",
                "displayName | null | displayName | is missing",
                "displayName | \"x\\nhostPID: true\" | displayName | printable",
                "description | \"two\\nlines\" | description | one line",
                "resources | {\"memoryBytes\":-1} | resources.memoryBytes | must be 134217728",
                "resources | {\"memoryBytes\":9223372036854775807} | resources.memoryBytes | to 1125899906842624",
                "resources | {\"processes\":0} | resources.processes | must be 16",
                "resources | {\"cpus\":-0.5} | resources.cpus | must be 0.1",
                "resources | {\"cpus\":\"Infinity\"} | resources.cpus | to 1024",
                "resources | {\"cpus\":\"NaN\"} | resources.cpus | to 1024",
                "resources | {\"memoryBytes\":68719476736} | allowedOverrides.memoryBytes | at least what the profile gives",
                "resources | {\"cpus\":16} | allowedOverrides.cpus | at least what the profile gives",
                "gpu | {\"resource\":\"nvidia.com/gpu\",\"count\":-1} | gpu | 1 to 64",
                "gpu | {\"resource\":\"nvidia.com/gpu\",\"count\":0} | gpu | 1 to 64",
                "gpu | {\"resource\":\"nvidia.com/gpu\",\"count\":1000000} | gpu | 1 to 64",
                "gpu | {\"resource\":\"memory\"} | gpu | extended resource",
                "gpu | {\"resource\":\"nvidia.com/gpu\\\"}],\\\"volumes\\\":[\"} | gpu | extended resource",
                "gpu | {\"count\":1} | gpu | needs a resource",
                "gpu | {\"resource\":\"nvidia.com/gpu\",\"count\":8} | allowedOverrides.gpus | at least",
                "gpu | null | allowedOverrides.gpus | no accelerators",
                "images | [null] | images[0] | is null",
                "images | [{\"slug\":\"a\",\"image\":\"x\"},{\"slug\":\"b\",\"image\":\"-v\"}] | images[1] | not the name of an image",
                "images | [{\"slug\":\"../a\",\"image\":\"x\"}] | images[0].slug | lower-case",
                "images | [{\"slug\":\"a\",\"image\":\"x\"},{\"slug\":\"a\",\"image\":\"y\"}] | images | same slug",
                "images | [] | allowedOverrides.image | nothing to choose from",
                "nodeSelector | {\"a b\":\"c\"} | nodeSelector | label key",
                "nodeSelector | {\"a\":\"x\\nhostPID: true\"} | nodeSelector | label value",
                "nodeSelector | {\"a\":null} | nodeSelector | without a value",
                "tolerations | [{\"key\":\"a\",\"effect\":\"Never\"}] | tolerations[0] | NoSchedule",
                "tolerations | [{\"value\":\"a\"}] | tolerations[0] | needs a key",
                "volumes | [{\"mountPath\":\"/mnt/../etc\",\"claim\":\"a\"}] | volumes[0] | absolute path",
                "volumes | [{\"mountPath\":\"/home/alice\",\"claim\":\"a\"}] | volumes[0] | mounted at /home/alice",
                "volumes | [{\"mountPath\":\"/run/benchtop/server\",\"claim\":\"a\"}] | volumes[0] | something else",
                "volumes | [{\"mountPath\":\"/mnt/a\"}] | volumes[0] | either claim",
                "volumes | [{\"mountPath\":\"/mnt/a\",\"claim\":\"a\",\"nfsServer\":\"b\"}] | volumes[0] | either claim",
                "volumes | [{\"mountPath\":\"/mnt/a\",\"claim\":\"a\"},{\"mountPath\":\"/mnt/a\",\"claim\":\"b\"}] | volumes | same mountPath",
                "env | {\"LD_PRELOAD\":\"/x\"} | env | sets the environment variable LD_PRELOAD itself",
                "env | {\"BENCHTOP_TOKEN_FILE\":\"/x\"} | env | itself",
                "env | {\"a=b\":\"/x\"} | env | not the name",
                "env | {\"A\":\"x\\nhostPID: true\"} | env | one line",
                "audience | null | audience | needs a kind",
                "audience | {\"kind\":\"nobody\"} | audience | needs a kind",
                "audience | {\"kind\":\"users\",\"names\":[]} | audience.names | at least one user",
                "audience | {\"kind\":\"roles\"} | audience.names | at least one role",
                "audience | {\"kind\":\"roles\",\"names\":[\"root\"]} | audience | admin, developer or viewer",
                "audience | {\"kind\":\"users\",\"names\":[\"Alice\"]} | audience | lower-case",
                "audience | {\"kind\":\"everybody\",\"names\":[\"alice\"]} | audience | takes no names",
                "startTimeout | \"5 minutes\" | startTimeout | ISO-8601",
                "startTimeout | \"PT0S\" | startTimeout | from PT1S",
                "maxLifetime | \"-PT5H\" | maxLifetime | from PT1M",
                "warmServers | -1 | warmServers | 0 to 20",
                "warmServers | 21 | warmServers | 0 to 20",
            })
    void s11s12s50AWrongFieldIsNamedAndMakesNoProfile(String field, String value, String named, String words) {
        // Given
        JsonObject sample = GSON.toJsonTree(SampleProfile.request()).getAsJsonObject();
        JsonElement replaced = JsonParser.parseString(value);
        sample.add(field, replaced);
        ProfileRequest request =
                new GsonBuilder().serializeSpecialFloatingPointValues().create().fromJson(sample, ProfileRequest.class);

        // Then
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> ProfileReading.read(request))
                .satisfies(refused -> assertThat(refused.errors())
                        .as("%s", refused.errors())
                        .anySatisfy(error -> {
                            assertThat(error.field()).isEqualTo(named);
                            assertThat(error.message()).contains(words);
                        }));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-v",
                "--privileged",
                "image name",
                "image:tag:tag",
                "image@sha256:abc",
                "image" + DIGEST + DIGEST,
                "image@md5:0123456789abcdef0123456789abcdef",
                "https://registry/image",
                "IMAGE",
                "image\nhostPID: true",
                "image;rm",
                "$(image)",
                "{{7*7}}",
                "../image",
                "",
            })
    void s50WhatIsNotTheNameOfAnImageIsNoImage(String image) {
        // Given
        JsonObject sample = GSON.toJsonTree(SampleProfile.request()).getAsJsonObject();
        sample.addProperty("image", image);

        // Then
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> ProfileReading.read(GSON.fromJson(sample, ProfileRequest.class)))
                .satisfies(refused -> assertThat(refused.errors())
                        .extracting(FieldError::field)
                        .containsExactly("image"));
    }

    @Test
    void everyWrongFieldIsNamedAtOnce() {
        // Given
        JsonObject sample = GSON.toJsonTree(SampleProfile.request()).getAsJsonObject();
        sample.addProperty("image", "-v");
        sample.addProperty("displayName", " ");
        sample.add("audience", null);

        // Then
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> ProfileReading.read(GSON.fromJson(sample, ProfileRequest.class)))
                .satisfies(refused -> assertThat(refused.errors())
                        .extracting(FieldError::field)
                        .containsExactlyInAnyOrder("image", "displayName", "audience"));
    }
}
