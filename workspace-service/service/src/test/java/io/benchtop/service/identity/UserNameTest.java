package io.benchtop.service.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.text.Normalizer;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UserNameTest {

    @ParameterizedTest
    @ValueSource(strings = {"alice", "a1", "a-b", "team-7-ops", "abcdefghijklmnopqrstuvwxyz012345"})
    void takesPlainNames(String text) {
        assertThat(new UserName(text).value()).isEqualTo(text);
        assertThat(UserName.find(text)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "A",
                "Alice",
                "a--b",
                "-x",
                "x-",
                "1a",
                "a.b",
                "a_b",
                "u@x",
                "~u",
                "é",
                "e\u0301",
                "秀樹",
                "a b",
                "a/b",
                "a%2fb",
                "..",
                "alice\n",
                "abcdefghijklmnopqrstuvwxyz0123456",
                "аlice"
            })
    void s10RefusesInsteadOfFolding(String text) {
        assertThatThrownBy(() -> new UserName(text)).hasMessageContaining("lower-case letters");
        assertThat(UserName.find(text)).isEmpty();
    }

    @Test
    void s10NoTwoNamesFoldToOne() {
        // Given
        Random random = new Random(7);
        String alphabet = "aAbBéÉe\u0301-_.~@ 1秀ß/ı";
        Map<String, String> byFolded = new HashMap<>();

        for (int i = 0; i < 100_000; i++) {
            // When
            StringBuilder text = new StringBuilder();
            int length = 1 + random.nextInt(5);
            for (int j = 0; j < length; j++) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            String candidate = text.toString();
            if (UserName.find(candidate).isEmpty()) {
                continue;
            }

            // Then
            String folded = Normalizer.normalize(candidate, Normalizer.Form.NFKD)
                    .toLowerCase(Locale.ROOT)
                    .replaceAll("[^a-z0-9-]", "");
            String before = byFolded.putIfAbsent(folded, candidate);
            assertThat(before).isIn(null, candidate);
        }
        assertThat(byFolded).hasSizeGreaterThan(100);
    }

    @Test
    void s10ANameAndAWorkspaceSlugNeverRunTogether() {
        // A double hyphen is in no name, so "a" + "--" + "b" has one reading.
        assertThat(UserName.find("a--b")).isEmpty();
        assertThat(UserName.find("a-")).isEmpty();
    }
}
