package io.benchtop.service.identity;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.identity.Admission.Admitted;
import io.benchtop.service.identity.Admission.TurnedAway;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who may come in through the identity provider, and as what. Pure. Groups and domains are compared whole, never by suffix
 * or pattern (S17); rules that admit nobody, or by which a typing mistake would admit everybody as administrator, cannot
 * be constructed (S12).
 *
 * @param roles what the members of a group may do; of several the most
 * @param defaultRole for whoever is in none of the groups; null refuses them
 * @param emailDomains where an address that the provider verified must belong; empty asks for none
 */
public record AdmissionRules(
        Map<String, Role> roles, @Nullable Role defaultRole, Set<String> emailDomains) {

    private static final Pattern DOMAIN = Pattern.compile("[a-z0-9-]{1,63}(?:\\.[a-z0-9-]{1,63})+");
    private static final Pattern HOST_CHARACTERS = Pattern.compile("[A-Za-z0-9.-]+");

    public AdmissionRules {
        roles = Map.copyOf(roles);
        emailDomains = Set.copyOf(emailDomains);
        if (roles.isEmpty() && defaultRole == null) {
            throw new IllegalArgumentException("no group has a role and there is no default role, so nobody could sign"
                    + " in; name groups, or set the default role to developer or viewer");
        }
        if (defaultRole == Role.ADMIN) {
            throw new IllegalArgumentException("the default role must be developer or viewer: as admin, everybody whom"
                    + " the provider knows would be an administrator");
        }
        roles.keySet().stream().filter(String::isBlank).findAny().ifPresent(_ -> {
            throw new IllegalArgumentException("the name of a group is empty");
        });
        emailDomains.stream()
                .filter(domain -> !DOMAIN.matcher(domain).matches())
                .findAny()
                .ifPresent(domain -> {
                    throw new IllegalArgumentException(
                            "\"" + domain + "\" is not an e-mail domain; write each whole, in"
                                    + " lower case and without @ or *, such as example.org");
                });
    }

    Admission decide(ExternalClaims claims) {
        Optional<TurnedAway> objection = objectionTo(requireNonNull(claims, "claims is null"));
        if (objection.isPresent()) {
            return objection.get();
        }
        Optional<Role> mapped = claims.groups().stream()
                .flatMap(group -> Optional.ofNullable(roles.get(group)).stream())
                .max(Comparator.naturalOrder());
        if (mapped.isPresent()) {
            return new Admitted(mapped.get(), true);
        }
        return defaultRole == null
                ? new TurnedAway(
                        "You are in none of the groups that may use Benchtop. Ask your administrator to add you to one.",
                        "in none of the groups")
                : new Admitted(defaultRole, !roles.isEmpty());
    }

    private Optional<TurnedAway> objectionTo(ExternalClaims claims) {
        if (emailDomains.isEmpty()) {
            return Optional.empty();
        }
        String email = claims.email();
        if (email == null || !claims.emailVerified()) {
            return Optional.of(new TurnedAway(
                    "Only people whose e-mail address was verified may use Benchtop, and yours was not. Verify it where you"
                            + " signed in, and try again.",
                    "no verified e-mail address"));
        }
        return domainOf(email).filter(emailDomains::contains).isPresent()
                ? Optional.empty()
                : Optional.of(new TurnedAway(
                        "Your e-mail address is not of a domain that may use Benchtop. Ask your administrator.",
                        "e-mail address of another domain"));
    }

    /** Upper case is folded for ASCII alone: elsewhere, letters that look or fold alike name other hosts. */
    private static Optional<String> domainOf(String email) {
        int at = email.indexOf('@');
        String domain = email.substring(at + 1);
        return at > 0 && HOST_CHARACTERS.matcher(domain).matches()
                ? Optional.of(domain.toLowerCase(Locale.ROOT))
                : Optional.empty();
    }
}
