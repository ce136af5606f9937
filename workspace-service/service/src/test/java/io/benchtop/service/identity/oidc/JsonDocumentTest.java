package io.benchtop.service.identity.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.benchtop.service.identity.oidc.ProviderException.Refused;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonDocumentTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "\"x\"", "null", "{'a':1}", "{a:1}", "{\"a\":1", "{\"a\":NaN}", "<html>"})
    void whatIsNoObjectIsRefused(String text) {
        assertThatThrownBy(() -> JsonDocument.parse(text, "the answer")).isInstanceOf(Refused.class);
    }

    @Test
    void aMemberOfAnotherTypeIsAsGoodAsMissing() throws Refused {
        // Given
        JsonDocument document = JsonDocument.parse("""
                {"text": "a", "number": 7, "truth": true, "textual": "true", "list": ["a", "b"], "mixed": ["a", 1], "no": null}
                """, "the answer");

        // Then
        assertThat(document.text("text")).contains("a");
        assertThat(document.text("number")).isEmpty();
        assertThat(document.seconds("number")).contains(7L);
        assertThat(document.seconds("text")).isEmpty();
        assertThat(document.isTrue("truth")).isTrue();
        assertThat(document.isTrue("textual")).isFalse();
        assertThat(document.texts("list")).containsExactly("a", "b");
        assertThat(document.texts("text")).containsExactly("a");
        assertThat(document.texts("mixed")).isEmpty();
        assertThat(document.texts("no")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "groups, top",
        "realm_access.roles, inner",
        "https://example.org/groups, named",
        "realm_access.none, ''",
        "none, ''"
    })
    void aClaimIsFoundByItsNameOrByAPath(String path, String expected) throws Refused {
        // Given
        JsonDocument document = JsonDocument.parse("""
                {"groups": "top", "realm_access": {"roles": ["inner"]}, "https://example.org/groups": ["named"]}
                """, "the answer");

        // Then
        assertThat(String.join(",", document.textsAt(path))).isEqualTo(expected);
    }
}
