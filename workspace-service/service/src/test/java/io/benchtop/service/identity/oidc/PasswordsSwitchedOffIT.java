package io.benchtop.service.identity.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.benchtop.service.TestingService;
import io.benchtop.service.identity.Role;
import io.benchtop.service.wiring.OidcConfig;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The provider as the only way in, and what stops a start. */
class PasswordsSwitchedOffIT {

    private static final Map<String, Object> SETTINGS = Map.of(
            "benchtop.oidc.issuer", "https://id.invalid",
            "benchtop.oidc.client-id", "benchtop",
            "benchtop.oidc.role-claim", "groups",
            "benchtop.oidc.admin-groups", "ops",
            "benchtop.oidc.password-sign-in", "false");

    @TempDir
    Path data;

    @Test
    void nobodyComesInByPasswordAnyMore() {
        try (TestingService service = TestingService.start(data, SETTINGS)) {
            // Given
            service.user("root", Role.ADMIN);
            String password = TestingService.passwordOf("root");

            // When
            String page = service.anonymous().open("/login").body();
            HttpResponse<String> form = service.anonymous()
                    .with("Origin", TestingService.PUBLIC_URL)
                    .form("/login", Map.of("name", "root", "password", password));
            HttpResponse<String> rest =
                    service.anonymous().post("/api/v1/login", "{\"name\":\"root\",\"password\":\"" + password + "\"}");
            HttpResponse<String> link =
                    service.internal().post("/internal/sign-in-links", "{\"purpose\":\"first-admin\"}");

            // Then
            assertThat(page).contains("Sign in with single sign-on").doesNotContain("id=\"login-submit\"");
            assertThat(form.statusCode()).isEqualTo(403);
            assertThat(rest.statusCode()).isEqualTo(403);
            assertThat(rest.body()).contains("switched off");
            assertThat(link.statusCode()).isEqualTo(409);
            assertThat(service.anonymous().open("/login/link/any").statusCode()).isEqualTo(403);
        }
    }

    @Test
    void everySettingIsBound() {
        // Given
        Map<String, Object> settings = new HashMap<>(SETTINGS);
        settings.putAll(Map.of(
                "benchtop.oidc.client-secret-file",
                        data.resolve("config").resolve("internal.key").toString(),
                "benchtop.oidc.scopes", "openid groups",
                "benchtop.oidc.display-name", "Example",
                "benchtop.oidc.developer-groups", List.of("cn=science,ou=groups", "lab"),
                "benchtop.oidc.viewer-groups", "guests,friends",
                "benchtop.oidc.default-role", "viewer",
                "benchtop.oidc.email-domains", "example.org",
                "benchtop.oidc.logout", "false"));

        // When
        try (TestingService service = TestingService.start(data, settings)) {
            OidcConfig config = service.bean(OidcConfig.class);

            // Then
            assertThat(config.getScopes()).containsExactly("openid groups");
            assertThat(config.getAdminGroups()).contains(List.of("ops"));
            assertThat(config.getDeveloperGroups()).contains(List.of("cn=science,ou=groups", "lab"));
            assertThat(config.getViewerGroups()).contains(List.of("guests", "friends"));
            assertThat(config.getClientSecretFile()).isPresent();
            assertThat(config.getRoleClaim()).contains("groups");
            assertThat(config.getDefaultRole()).contains("viewer");
            assertThat(config.getEmailDomains()).contains(List.of("example.org"));
            assertThat(config.getLogout()).isEqualTo("false");
            assertThat(service.anonymous().open("/login").body()).contains("Sign in with Example");
        }
    }

    @Test
    void aProviderThatCannotBeReachedDoesNotStopTheStartAndIsToldInASentence() {
        try (TestingService service = TestingService.start(data, SETTINGS)) {
            // When
            HttpResponse<String> answer = service.anonymous().open("/login/oidc");

            // Then
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.body()).contains("single sign-on cannot be reached just now", "id=\"login-provider\"");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "benchtop.oidc.email-domain, corp.com, there is no setting benchtop.oidc.email-domain",
        "benchtop.oidc.email-domains, ' ', benchtop.oidc.email-domains is empty",
        "benchtop.oidc.password-sign-in, no, must be true or false"
    })
    void s12AWrongSettingStopsTheStart(String key, String value, String sentence) {
        // Given
        Map<String, Object> settings = new HashMap<>(SETTINGS);
        settings.put(key, value);

        // Then
        assertThatThrownBy(() -> TestingService.start(data, settings))
                .rootCause()
                .hasMessageContaining(sentence);
    }

    @Test
    void s12AnythingWithoutAnIssuerStopsTheStart() {
        assertThatThrownBy(() -> TestingService.start(data, Map.of("benchtop.oidc.email-domains", "corp.com")))
                .rootCause()
                .hasMessageContaining("issuer is missing");
    }
}
