package io.benchtop.service.wiring;

import io.micronaut.context.env.PropertySource;
import io.micronaut.context.env.PropertySource.PropertyConvention;
import io.micronaut.core.naming.NameUtils;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which keys below {@code benchtop.oidc} somebody gave, wherever. One that means nothing, or an empty one, stops the start:
 * a restriction that is misspelt must not be a restriction less (S12).
 */
final class OidcKeys {

    private static final String PROPERTIES = "benchtop.oidc.";
    private static final String VARIABLES = "BENCHTOP_OIDC_";
    private static final Set<String> KNOWN = Set.of(
            "issuer",
            "client-id",
            "client-secret-file",
            "scopes",
            "display-name",
            "role-claim",
            "admin-groups",
            "developer-groups",
            "viewer-groups",
            "default-role",
            "email-domains",
            "password-sign-in",
            "logout");

    private OidcKeys() {}

    static Set<String> given(Collection<PropertySource> sources) {
        Set<String> given = new TreeSet<>();
        for (PropertySource source : sources) {
            boolean variables = source.getConvention() == PropertyConvention.ENVIRONMENT_VARIABLE;
            for (String name : source) {
                String key = variables ? ofVariable(name) : ofProperty(name);
                if (key != null) {
                    check(name, key, source.get(name));
                    given.add(key);
                }
            }
        }
        return given;
    }

    private static @Nullable String ofVariable(String name) {
        return name.startsWith(VARIABLES)
                ? name.substring(VARIABLES.length()).toLowerCase(Locale.ROOT).replace('_', '-')
                : null;
    }

    private static @Nullable String ofProperty(String name) {
        return name.startsWith(PROPERTIES)
                ? NameUtils.hyphenate(name.substring(PROPERTIES.length()).replaceAll("\\[\\d+]$", ""))
                : null;
    }

    private static void check(String name, String key, @Nullable Object value) {
        if (!KNOWN.contains(key)) {
            throw new IllegalArgumentException(
                    "there is no setting " + name + "; the settings are " + String.join(", ", new TreeSet<>(KNOWN)));
        }
        if (value == null || value.toString().isBlank()) {
            throw new IllegalArgumentException(name + " is empty; give it a value or leave it out");
        }
    }
}
