package io.benchtop.service.identity.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OidcSettingsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "id.example.org",
                "http://id.example.org",
                "http://127.0.0.1.evil.example",
                "ftp://id.example.org",
                "https://",
                "https://id.example.org/?tenant=1",
                "https://id.example.org/#",
                "https://user@id.example.org",
                "https://id .example.org"
            })
    void s12AnAddressThatIsNoIssuerIsRefused(String issuer) {
        assertThatThrownBy(() -> settings(issuer, "benchtop", List.of("openid")))
                .hasMessageStartingWith("issuer: ");
    }

    @ParameterizedTest
    @CsvSource({
        "https://id.example.org, https://id.example.org/.well-known/openid-configuration",
        "https://id.example.org/, https://id.example.org/.well-known/openid-configuration",
        "https://id.example.org/realms/a, https://id.example.org/realms/a/.well-known/openid-configuration",
        "http://localhost:9000, http://localhost:9000/.well-known/openid-configuration",
        "http://[::1]:9000, http://[::1]:9000/.well-known/openid-configuration"
    })
    void theDiscoveryDocumentIsBelowTheIssuer(String issuer, String expected) {
        assertThat(settings(issuer, "benchtop", List.of("openid")).discovery()).hasToString(expected);
    }

    @Test
    void s12WhatIsNoClientAndWhatAreNoScopesIsRefused() {
        assertThatThrownBy(() -> settings("https://a.example", " ", List.of("openid")))
                .hasMessageStartingWith("client-id: ");
        assertThatThrownBy(() -> settings("https://a.example", "b", List.of("email")))
                .hasMessageStartingWith("scopes: ");
        assertThatThrownBy(() -> settings("https://a.example", "b", List.of("openid", "a b")))
                .hasMessageStartingWith("scopes: ");
    }

    private static OidcSettings settings(String issuer, String client, List<String> scopes) {
        return new OidcSettings(issuer, client, null, scopes, null, URI.create("https://benchtop.example.org"), true);
    }
}
