package io.benchtop.service.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micronaut.context.env.PropertySource;
import io.micronaut.context.env.PropertySource.PropertyConvention;
import java.beans.Introspector;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OidcKeysTest {

    @Test
    void everySettingOfTheConfigurationIsKnown() {
        // Given
        Map<String, Object> all = Arrays.stream(OidcConfig.class.getMethods())
                .map(getter -> Introspector.decapitalize(getter.getName().substring("get".length())))
                .collect(Collectors.toMap(name -> "benchtop.oidc." + name, _ -> "x"));

        // Then
        assertThat(OidcKeys.given(List.of(properties(all)))).hasSameSizeAs(all.keySet());
    }

    @Test
    void variablesPropertiesAndListsAreSeen() {
        assertThat(OidcKeys.given(List.of(
                        variables(Map.of("BENCHTOP_OIDC_CLIENT_ID", "x", "BENCHTOP_DATA", "y", "PATH", "z")),
                        properties(Map.of("benchtop.oidc.admin-groups[0]", "ops", "benchtop.data", "y")))))
                .containsExactly("admin-groups", "client-id");
    }

    @ParameterizedTest
    @ValueSource(strings = {"BENCHTOP_OIDC_EMAIL_DOMAIN", "BENCHTOP_OIDC_", "BENCHTOP_OIDC_ALLOWED_GROUPS"})
    void s12AVariableThatMeansNothingIsRefused(String name) {
        assertThatThrownBy(() -> OidcKeys.given(List.of(variables(Map.of(name, "x")))))
                .hasMessageContaining("there is no setting " + name)
                .hasMessageContaining("email-domains");
    }

    @Test
    void s12AnEmptySettingIsRefused() {
        assertThatThrownBy(() -> OidcKeys.given(List.of(variables(Map.of("BENCHTOP_OIDC_EMAIL_DOMAINS", " ")))))
                .hasMessageContaining("is empty");
    }

    private static PropertySource variables(Map<String, Object> values) {
        return PropertySource.of(
                "env",
                new HashMap<>(values),
                PropertyConvention.ENVIRONMENT_VARIABLE,
                PropertySource.Origin.of("test"));
    }

    private static PropertySource properties(Map<String, Object> values) {
        return PropertySource.of("file", new HashMap<>(values));
    }
}
