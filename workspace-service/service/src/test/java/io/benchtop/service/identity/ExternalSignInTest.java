package io.benchtop.service.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.benchtop.service.identity.ExternalSignIn.Begun;
import io.benchtop.service.identity.ExternalSignIn.Completed;
import io.benchtop.service.problem.ErrorCode;
import io.benchtop.service.problem.ProblemException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ExternalSignInTest {

    private final Identity identity = new Identity(
            true,
            new AdmissionRules(Map.of("ops", Role.ADMIN, "science", Role.DEVELOPER), null, Set.of("example.org")));

    @Test
    void theFirstSignInMakesAUser() {
        // When
        Completed completed = signIn("1", "Anna.Weber", "science");

        // Then
        assertThat(completed.session().user().name()).isEqualTo(new UserName("anna-weber"));
        assertThat(completed.session().user().role()).isEqualTo(Role.DEVELOPER);
        assertThat(completed.next()).isEqualTo("/settings");
        assertThat(identity.caller(completed.session()).displayName()).isEqualTo("Anna.Weber");
        assertThat(identity.lastEvent()).isEqualTo("anna-weber session.sign-in user/anna-weber ok");
    }

    @Test
    void s10TheSameSubjectIsTheSameUserUnderWhateverName() {
        // Given
        UserName first = signIn("1", "anna", "science").session().user().name();

        // When
        UserName second =
                signIn("1", "anna-married", "science").session().user().name();

        // Then
        assertThat(second).isEqualTo(first);
    }

    @Test
    void s10TwoSubjectsOfOneNameAreTwoUsers() {
        // Given
        identity.user("anna", Role.ADMIN);

        // When
        UserName second = signIn("1", "anna", "science").session().user().name();
        UserName third = signIn("2", "ANNA", "science").session().user().name();

        // Then
        assertThat(second).isEqualTo(new UserName("anna-2"));
        assertThat(third).isEqualTo(new UserName("anna-3"));
    }

    @Test
    void s10OneSubjectThatComesManyTimesAtOnceIsOneUser() {
        // Given
        identity.provider.vouchFor(FakeIdentityProvider.claims("1", "anna", "science"));
        Set<String> seen = ConcurrentHashMap.newKeySet();

        // When
        try (ExecutorService browsers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 8; i++) {
                Begun begun = identity.external.begin("/");
                browsers.submit(() -> {
                    try {
                        seen.add(identity.external
                                .complete(callback(begun), begun.sealed(), Identity.ADDRESS)
                                .session()
                                .user()
                                .name()
                                .value());
                    } catch (ProblemException e) {
                        seen.add(e.code().code());
                    }
                });
            }
        }

        // Then
        assertThat(identity.userRows.list()).extracting(User::name).containsExactly(new UserName("anna"));
        assertThat(seen).contains("anna").isSubsetOf("anna", "conflict");
    }

    @Test
    void s05ARoleThatChangedAtTheProviderEndsWhatWasSignedInBefore() {
        // Given
        identity.user("root", Role.ADMIN);
        IssuedSession before = signIn("1", "anna", "ops").session();
        Tokens.Created token = identity.tokens.create(identity.caller(before), "laptop", Duration.ofDays(1));

        // When
        IssuedSession after = signIn("1", "anna", "science").session();

        // Then
        assertThat(after.user().role()).isEqualTo(Role.DEVELOPER);
        assertThat(identity.caller(after).role()).isEqualTo(Role.DEVELOPER);
        assertThat(identity.revoked())
                .containsExactlyInAnyOrder(
                        "session " + before.sid(), "token " + token.token().id());
        assertThatThrownBy(() -> identity.caller(before)).isInstanceOf(ProblemException.class);
    }

    @Test
    void theOnlyAdministratorStaysOneWhateverTheProviderSays() {
        // Given
        IssuedSession before = signIn("1", "anna", "ops").session();

        // When
        IssuedSession after = signIn("1", "anna", "science").session();

        // Then
        assertThat(after.user().role()).isEqualTo(Role.ADMIN);
        assertThat(identity.caller(before).role()).isEqualTo(Role.ADMIN);
        assertThat(identity.events("user.change-role")).containsExactly("anna user.change-role user/anna conflict");

        // When
        identity.user("root", Role.ADMIN);

        // Then
        assertThat(signIn("1", "anna", "science").session().user().role()).isEqualTo(Role.DEVELOPER);
    }

    @Test
    void s46AnAnswerThatSaysTwoThingsIsWrittenDown() {
        // When
        ProblemException refusal =
                identity.external.ambiguous(Identity.ADDRESS, "more than one \"state\"", "Start again.");

        // Then
        assertThat(refusal.code()).isEqualTo(ErrorCode.BAD_REQUEST);
        assertThat(identity.lastEvent()).isEqualTo("anonymous session.sign-in user bad_request");
    }

    @Test
    void withoutGroupsTheRoleIsTheAdministratorsMatter() {
        // Given
        Identity plain = new Identity();
        signIn(plain, "1", "anna");
        plain.users.changeRole(plain.caller("root", Role.ADMIN), new UserName("anna"), Role.ADMIN);

        // When
        IssuedSession again = signIn(plain, "1", "anna").session();

        // Then
        assertThat(again.user().role()).isEqualTo(Role.ADMIN);
    }

    @Test
    void s05ADisabledUserStaysOut() {
        // Given
        signIn("1", "anna", "science");
        identity.users.disable(identity.caller("root", Role.ADMIN), new UserName("anna"));

        // When
        ProblemException refusal = refusal("1", "anna", "science");

        // Then
        assertThat(refusal.code()).isEqualTo(ErrorCode.FORBIDDEN);
        assertThat(identity.userRows.find(new UserName("anna")))
                .map(User::disabled)
                .contains(true);
        assertThat(identity.userRows.find(new UserName("anna-2"))).isEmpty();
        assertThat(identity.lastEvent()).isEqualTo("anonymous session.sign-in user forbidden");
    }

    @Test
    void whoeverIsTurnedAwayIsNotMadeAUser() {
        // When
        ProblemException refusal = refusal("1", "anna", "chess");

        // Then
        assertThat(refusal.detail()).contains("none of the groups");
        assertThat(identity.userRows.list()).isEmpty();
    }

    @Test
    void s28AnAttemptComesBackOnce() {
        // Given
        identity.provider.vouchFor(FakeIdentityProvider.claims("1", "anna", "science"));
        Begun begun = identity.external.begin("/");
        identity.external.complete(callback(begun), begun.sealed(), Identity.ADDRESS);

        // When
        ProblemException second = refusal(callback(begun), begun.sealed());

        // Then
        assertThat(second.code()).isEqualTo(ErrorCode.BAD_REQUEST);
        assertThat(identity.provider.asked).isEqualTo(1);
    }

    @Test
    void s28AnAttemptIsUsedUpAlsoWhenTheProviderSaysNo() {
        // Given
        Begun begun = identity.external.begin("/");
        refusal(callback(begun), begun.sealed());
        identity.provider.vouchFor(FakeIdentityProvider.claims("1", "anna", "science"));

        // When
        ProblemException second = refusal(callback(begun), begun.sealed());

        // Then
        assertThat(second.code()).isEqualTo(ErrorCode.BAD_REQUEST);
        assertThat(identity.provider.asked).isEqualTo(1);
    }

    @Test
    void s28OnlyTheBrowserThatBeganComesBack() {
        // Given
        Begun mine = identity.external.begin("/");
        Begun theirs = identity.external.begin("/");

        // Then
        assertThat(refusal(callback(mine), theirs.sealed()).code()).isEqualTo(ErrorCode.BAD_REQUEST);
        assertThat(refusal(callback(mine), null).code()).isEqualTo(ErrorCode.BAD_REQUEST);
        assertThat(refusal(new ProviderCallback(null, "code", null, null), mine.sealed())
                        .code())
                .isEqualTo(ErrorCode.BAD_REQUEST);
        assertThat(identity.provider.asked).isZero();
        assertThat(identity.lastEvent()).isEqualTo("anonymous session.sign-in user bad_request");
    }

    @Test
    void s28AnAttemptEndsAfterTenMinutes() {
        // Given
        Begun begun = identity.external.begin("/");
        identity.clock.advance(Duration.ofMinutes(10));

        // Then
        assertThat(refusal(callback(begun), begun.sealed()).detail()).contains("10 minutes");
    }

    @Test
    void s48WhoeverFailsTooOftenIsStopped() {
        // Given
        for (int i = 0; i < 30; i++) {
            refusal(new ProviderCallback("guess", "code", null, null), null);
        }

        // Then
        assertThat(refusal(new ProviderCallback("guess", "code", null, null), null)
                        .code())
                .isEqualTo(ErrorCode.TOO_MANY_ATTEMPTS);
    }

    @Test
    void aProviderThatIsAwaySaysSoAndKeepsPasswordsWorking() {
        // Given
        identity.user("root", Role.ADMIN);
        Begun begun = identity.external.begin("/");
        identity.provider.away = true;

        // When
        ProblemException beginning = catchThrowableOfType(ProblemException.class, () -> identity.external.begin("/"));
        ProblemException end = refusal(callback(begun), begun.sealed());

        // Then
        assertThat(beginning.code()).isEqualTo(ErrorCode.UNAVAILABLE);
        assertThat(beginning.detail()).contains("Example cannot be reached", "by name and password");
        assertThat(end.code()).isEqualTo(ErrorCode.UNAVAILABLE);
        assertThat(identity.signIn("root")).isNotNull();
    }

    @Test
    void s05WhoeverComesThroughTheProviderHasNoPasswordThatOutlivesIt() {
        // Given
        Caller anna = identity.caller(signIn("1", "anna", "science").session());
        Caller root = identity.caller("root", Role.ADMIN);
        identity.userRows.setPasswordHash(anna.user(), "hash of password of anna");

        // Then
        assertThatThrownBy(() -> identity.passwords.change(anna, null, "a new password"))
                .hasMessageContaining("signs in with Example");
        assertThatThrownBy(() -> identity.links.createFor(root, anna.user()))
                .hasMessageContaining("signs in with Example");
        assertThatThrownBy(() -> identity.signIn("anna")).hasMessageContaining("not right");
    }

    @Test
    void withPasswordsSwitchedOffNothingLeadsInByOne() {
        // Given
        Identity closed = new Identity(false, new AdmissionRules(Map.of("ops", Role.ADMIN), null, Set.of()));
        closed.user("root", Role.ADMIN);
        Caller anna = closed.caller(signIn(closed, "1", "anna", "ops").session());

        // Then
        assertThatThrownBy(() -> closed.signIn("root")).hasMessageContaining("switched off");
        assertThatThrownBy(() -> closed.signIn.forToken(
                        "root", "password of root", "laptop", Duration.ofDays(1), Identity.ADDRESS))
                .hasMessageContaining("switched off");
        assertThatThrownBy(() -> closed.links.createFor(anna, new UserName("root")))
                .hasMessageContaining("switched off");
        assertThatThrownBy(closed.links::createForFirstAdmin).hasMessageContaining("identity provider");
        assertThat(closed.tokens.create(anna, "laptop", Duration.ofDays(1))).isNotNull();
    }

    private Completed signIn(String subject, String name, String... groups) {
        return signIn(identity, subject, name, groups);
    }

    private static Completed signIn(Identity identity, String subject, String name, String... groups) {
        identity.provider.vouchFor(FakeIdentityProvider.claims(subject, name, groups));
        Begun begun = identity.external.begin("/settings");
        return identity.external.complete(callback(begun), begun.sealed(), Identity.ADDRESS);
    }

    private ProblemException refusal(String subject, String name, String... groups) {
        identity.provider.vouchFor(FakeIdentityProvider.claims(subject, name, groups));
        Begun begun = identity.external.begin("/");
        return refusal(callback(begun), begun.sealed());
    }

    private ProblemException refusal(ProviderCallback callback, @Nullable String sealed) {
        return catchThrowableOfType(
                ProblemException.class, () -> identity.external.complete(callback, sealed, Identity.ADDRESS));
    }

    private static ProviderCallback callback(Begun begun) {
        String state = begun.location().getQuery().substring("state=".length());
        return new ProviderCallback(state, "code", null, null);
    }
}
