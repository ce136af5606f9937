package io.benchtop.service.wiring;

import io.benchtop.service.identity.AdmissionRules;
import io.benchtop.service.identity.Role;
import io.benchtop.service.identity.oidc.OidcSettings;
import io.benchtop.service.problem.ProblemException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Turns the texts of {@link OidcConfig} into what they mean, or says which key is wrong and what it must be. */
record OidcChoices(OidcSettings settings, AdmissionRules rules, String displayName, boolean passwords) {

    private static final int MAX_DISPLAY_NAME = 40;

    OidcChoices {
        if (displayName.length() > MAX_DISPLAY_NAME) {
            throw new IllegalArgumentException("display-name: has at most " + MAX_DISPLAY_NAME + " characters");
        }
        if (!passwords && !rules.roles().containsValue(Role.ADMIN)) {
            throw new IllegalArgumentException(
                    "password-sign-in is false and admin-groups is missing, so nobody could be"
                            + " an administrator; name a group of the role-claim");
        }
    }

    static OidcChoices of(OidcConfig config, URI publicUrl) {
        try {
            return new OidcChoices(
                    settings(config, publicUrl),
                    rules(config),
                    config.getDisplayName(),
                    truth("password-sign-in", config.getPasswordSignIn()));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("benchtop.oidc (BENCHTOP_OIDC_…): " + e.getMessage(), e);
        }
    }

    private static OidcSettings settings(OidcConfig config, URI publicUrl) {
        config.getClientSecretFile().ifPresent(OidcChoices::checkReadable);
        return new OidcSettings(
                needed("issuer", config.getIssuer()),
                needed("client-id", config.getClientId()),
                config.getClientSecretFile().orElse(null),
                config.getScopes().stream()
                        .flatMap(scopes -> Arrays.stream(scopes.strip().split("\\s+", -1)))
                        .toList(),
                config.getRoleClaim().orElse(null),
                publicUrl,
                truth("logout", config.getLogout()));
    }

    private static AdmissionRules rules(OidcConfig config) {
        Map<String, Role> roles = new HashMap<>();
        add(roles, config.getAdminGroups(), Role.ADMIN);
        add(roles, config.getDeveloperGroups(), Role.DEVELOPER);
        add(roles, config.getViewerGroups(), Role.VIEWER);
        if (roles.isEmpty() == config.getRoleClaim().isPresent()) {
            throw new IllegalArgumentException("role-claim and groups belong together: role-claim names the claim, and"
                    + " admin-groups, developer-groups and viewer-groups which of its values mean what");
        }
        return new AdmissionRules(
                roles,
                config.getDefaultRole().map(OidcChoices::role).orElse(null),
                Set.copyOf(entries(config.getEmailDomains())));
    }

    private static void add(Map<String, Role> roles, Optional<List<String>> groups, Role role) {
        for (String group : entries(groups)) {
            if (roles.put(group, role) != null) {
                throw new IllegalArgumentException("the group \"" + group + "\" is listed twice");
            }
        }
    }

    /** People write a space behind a comma. */
    private static List<String> entries(Optional<List<String>> list) {
        return list.orElse(List.of()).stream().map(String::strip).toList();
    }

    private static Role role(String text) {
        try {
            return Role.parse(text);
        } catch (ProblemException e) {
            throw new IllegalArgumentException("default-role: must be developer or viewer, not \"" + text + "\"", e);
        }
    }

    private static String needed(String key, Optional<String> value) {
        return value.orElseThrow(() -> new IllegalArgumentException(key + " is missing"));
    }

    private static boolean truth(String key, String value) {
        return switch (value) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException(key + ": must be true or false, not \"" + value + "\"");
        };
    }

    private static void checkReadable(Path file) {
        if (!Files.isReadable(file)) {
            throw new IllegalArgumentException("client-secret-file: cannot read " + file);
        }
    }
}
