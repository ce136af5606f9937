package io.benchtop.service.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.benchtop.service.identity.Role;
import io.micronaut.core.bind.annotation.Bindable;
import io.micronaut.core.naming.NameUtils;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OidcChoicesTest {

    private static final Map<String, String> SMALLEST = Map.of(
            "issuer", "https://id.example.org",
            "client-id", "benchtop",
            "default-role", "developer");

    @Test
    void theSmallestConfigurationHasTheseDefaults() {
        // When
        OidcChoices choices = choices(SMALLEST);

        // Then
        assertThat(choices.displayName()).isEqualTo("single sign-on");
        assertThat(choices.passwords()).isTrue();
        assertThat(choices.settings().scopes()).containsExactly("openid", "profile", "email");
        assertThat(choices.settings().clientSecretFile()).isNull();
        assertThat(choices.settings().roleClaim()).isNull();
        assertThat(choices.settings().signOut()).isTrue();
        assertThat(choices.rules().roles()).isEmpty();
        assertThat(choices.rules().defaultRole()).isEqualTo(Role.DEVELOPER);
        assertThat(choices.rules().emailDomains()).isEmpty();
    }

    @Test
    void everySettingCounts() {
        // When
        OidcChoices choices = choices(with(Map.of(
                "scopes", "openid groups",
                "display-name", "Example",
                "role-claim", "groups",
                "admin-groups", "ops,lead",
                "developer-groups", "science",
                "viewer-groups", "guests",
                "default-role", "viewer",
                "email-domains", "example.org,example.com",
                "password-sign-in", "false",
                "logout", "false")));

        // Then
        assertThat(choices.displayName()).isEqualTo("Example");
        assertThat(choices.passwords()).isFalse();
        assertThat(choices.settings().scopes()).containsExactly("openid", "groups");
        assertThat(choices.settings().roleClaim()).isEqualTo("groups");
        assertThat(choices.settings().signOut()).isFalse();
        assertThat(choices.rules().roles())
                .containsOnly(
                        Map.entry("ops", Role.ADMIN),
                        Map.entry("lead", Role.ADMIN),
                        Map.entry("science", Role.DEVELOPER),
                        Map.entry("guests", Role.VIEWER));
        assertThat(choices.rules().defaultRole()).isEqualTo(Role.VIEWER);
        assertThat(choices.rules().emailDomains()).containsExactlyInAnyOrder("example.org", "example.com");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "issuer | http://id.example.org | issuer: must be the https address",
                "client-secret-file | /no/such/file | client-secret-file: cannot read /no/such/file",
                "scopes | profile | scopes: must be a list",
                "role-claim | groups | role-claim and groups belong together",
                "admin-groups | ops | role-claim and groups belong together",
                "default-role | admin | default role must be developer or viewer",
                "default-role | Developer | default-role: must be developer or viewer",
                "email-domains | @example.org | is not an e-mail domain",
                "password-sign-in | off | password-sign-in: must be true or false",
                "password-sign-in | false | nobody could be an administrator",
                "logout | TRUE | logout: must be true or false",
                "display-name | a name that is much too long to stand on a button | display-name: has at most"
            })
    void s12AWrongValueIsRefusedWithTheNameOfItsKey(String key, String value, String sentence) {
        assertThatThrownBy(() -> choices(with(Map.of(key, value))))
                .hasMessageStartingWith("benchtop.oidc (BENCHTOP_OIDC_…): ")
                .hasMessageContaining(sentence);
    }

    @Test
    void s12AGroupCannotMeanTwoRoles() {
        assertThatThrownBy(() -> choices(with(Map.of(
                        "role-claim", "groups",
                        "admin-groups", "ops",
                        "viewer-groups", "ops"))))
                .hasMessageContaining("\"ops\" is listed twice");
    }

    private static Map<String, String> with(Map<String, String> more) {
        Map<String, String> all = new HashMap<>(SMALLEST);
        all.putAll(more);
        return all;
    }

    private static OidcChoices choices(Map<String, String> settings) {
        return OidcChoices.of(config(settings), URI.create("https://benchtop.example.org"));
    }

    /** The configuration as the framework would bind it, with the defaults that are written at its methods. */
    private static OidcConfig config(Map<String, String> settings) {
        InvocationHandler bound = (_, getter, _) -> {
            String key = NameUtils.hyphenate(getter.getName().substring("get".length()));
            Bindable bindable = getter.getAnnotation(Bindable.class);
            String value = settings.getOrDefault(key, bindable == null ? null : bindable.defaultValue());
            Object typed = key.endsWith("file")
                    ? Optional.ofNullable(value).map(Path::of)
                    : getter.getGenericReturnType().getTypeName().contains("List")
                            ? Optional.ofNullable(value).map(text -> List.of(text.split(",", -1)))
                            : Optional.ofNullable(value);
            boolean optional = getter.getReturnType() == Optional.class;
            return optional ? typed : ((Optional<?>) typed).orElseThrow();
        };
        return (OidcConfig)
                Proxy.newProxyInstance(OidcConfig.class.getClassLoader(), new Class<?>[] {OidcConfig.class}, bound);
    }
}
