package io.benchtop.service.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.benchtop.service.identity.Admission.Admitted;
import io.benchtop.service.identity.Admission.TurnedAway;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class AdmissionRulesTest {

    private static final Map<String, Role> ROLES =
            Map.of("ops", Role.ADMIN, "science", Role.DEVELOPER, "guests", Role.VIEWER);

    @Test
    void ofSeveralGroupsTheOneThatMayDoMostCounts() {
        // Given
        AdmissionRules rules = new AdmissionRules(ROLES, null, Set.of());

        // Then
        assertThat(rules.decide(in("guests", "science", "chess"))).isEqualTo(new Admitted(Role.DEVELOPER, true));
        assertThat(rules.decide(in("science", "ops"))).isEqualTo(new Admitted(Role.ADMIN, true));
    }

    @Test
    void whoeverIsInNoneOfTheGroupsIsTurnedAwayUnlessThereIsADefault() {
        // Then
        assertThat(new AdmissionRules(ROLES, null, Set.of()).decide(in("chess")))
                .isInstanceOf(TurnedAway.class);
        assertThat(new AdmissionRules(ROLES, Role.VIEWER, Set.of()).decide(in("chess")))
                .isEqualTo(new Admitted(Role.VIEWER, true));
    }

    @Test
    void withoutGroupsTheDefaultIsForNewcomersOnly() {
        // Given
        AdmissionRules rules = new AdmissionRules(Map.of(), Role.DEVELOPER, Set.of());

        // Then
        assertThat(rules.decide(in())).isEqualTo(new Admitted(Role.DEVELOPER, false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ops ", "Ops", "OPS", "op", "ops2", "/ops", "ops,science"})
    void s17GroupsAreComparedWhole(String group) {
        assertThat(new AdmissionRules(ROLES, null, Set.of()).decide(in(group))).isInstanceOf(TurnedAway.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ann@corp.com", "ann@CORP.com", "o'neill+x@corp.com"})
    void aVerifiedAddressOfTheDomainComesIn(String email) {
        assertThat(ofCorp().decide(with(email, true))).isInstanceOf(Admitted.class);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "u@evilcorp.com",
                "u@corp.com.evil.example",
                "u@sub.corp.com",
                "u@corp.com.",
                "u@corp.co",
                "u@corp.com:25",
                "u@\u0441orp.com",
                "u@corp.com\u0000",
                "u@corp.com ",
                "u@[corp.com]",
                "u@evil.example@corp.com",
                "\"u@corp.com\"@evil.example",
                "@corp.com",
                "corp.com",
                ""
            })
    void s17AnAddressThatOnlyLooksLikeTheDomainIsTurnedAway(@Nullable String email) {
        assertThat(ofCorp().decide(with(email, true))).isInstanceOf(TurnedAway.class);
    }

    @Test
    void s17LettersThatFoldAlikeNameAnotherDomain() {
        // Given
        AdmissionRules rules = new AdmissionRules(Map.of(), Role.VIEWER, Set.of("kit.edu"));

        // Then
        assertThat(rules.decide(with("u@\u212Ait.edu", true))).isInstanceOf(TurnedAway.class);
        assertThat(rules.decide(with("u@kit.edu", true))).isInstanceOf(Admitted.class);
    }

    @Test
    void s17AnUnverifiedAddressIsTurnedAway() {
        assertThat(ofCorp().decide(with("ann@corp.com", false))).isInstanceOf(TurnedAway.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"@corp.com", "*.corp.com", "corp.com.", "Corp.com", "corp", "", "c\u00f6rp.com", "corp.com "})
    void s12ADomainThatCouldMeanSomethingElseIsRefused(String domain) {
        assertThatThrownBy(() -> new AdmissionRules(Map.of(), Role.VIEWER, Set.of(domain)))
                .hasMessageContaining("e-mail domain");
    }

    @Test
    void s12RulesThatAdmitNobodyOrEverybodyAsAdministratorAreRefused() {
        assertThatThrownBy(() -> new AdmissionRules(Map.of(), null, Set.of()))
                .hasMessageContaining("nobody could sign in");
        assertThatThrownBy(() -> new AdmissionRules(Map.of(), Role.ADMIN, Set.of()))
                .hasMessageContaining("developer or viewer");
        assertThatThrownBy(() -> new AdmissionRules(Map.of(" ", Role.ADMIN), null, Set.of()))
                .hasMessageContaining("empty");
    }

    private static AdmissionRules ofCorp() {
        return new AdmissionRules(Map.of(), Role.VIEWER, Set.of("corp.com"));
    }

    private static ExternalClaims in(String... groups) {
        return FakeIdentityProvider.claims("1", "ann", groups);
    }

    private static ExternalClaims with(@Nullable String email, boolean verified) {
        return new ExternalClaims(
                new ExternalIdentity(FakeIdentityProvider.ISSUER, "1"), "ann", null, email, verified, Set.of());
    }
}
