package io.benchtop.proxy.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FieldNameTest {

    private static FieldName of(String name) {
        byte[] bytes = ("<" + name + ">").getBytes(ISO_8859_1);
        return FieldName.of(bytes, 1, bytes.length - 1);
    }

    @Test
    void everyKnownNameIsFoundInAnyCase() {
        for (FieldName name : FieldName.values()) {
            if (name != FieldName.OTHER && name != FieldName.FORGED) {
                // When
                String spelling = name.name().replace('_', '-');

                // Then
                assertThat(of(spelling)).isEqualTo(name);
                assertThat(of(spelling.toLowerCase(Locale.ROOT))).isEqualTo(name);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "X-Benchtop-Identity, FORGED",
        "x_benchtop_identity, FORGED",
        "X-Auth, OTHER",
        "X-Auth-User, FORGED",
        "Content_Length, FORGED",
        "X-Custom, OTHER",
        "X_Custom, OTHER",
        "Kubeflow_UserId, FORGED",
        "Forwarded, FORGED",
        "X-Forwarded-Anything, FORGED",
        "Cookie2, OTHER",
        "Cookie, COOKIE"
    })
    void aNameThatClaimsToComeFromTheInsideIsForged(String name, FieldName expected) {
        assertThat(of(name)).isEqualTo(expected);
    }
}
