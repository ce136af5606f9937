package io.benchtop.service.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.benchtop.service.identity.SignIn.LinkAnswer;
import io.benchtop.service.problem.ErrorCode;
import io.benchtop.service.problem.ProblemException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SignInTest {

    private final Identity identity = new Identity();

    @Test
    void theRightPasswordBeginsASession() {
        // Given
        identity.user("alice", Role.DEVELOPER);

        // When
        IssuedSession session = identity.signIn("alice");

        // Then
        assertThat(identity.caller(session).user()).isEqualTo(new UserName("alice"));
        assertThat(identity.lastEvent()).isEqualTo("alice session.sign-in user/alice ok");
    }

    @Test
    void s29EverySignInIsANewSession() {
        // Given
        identity.user("alice", Role.DEVELOPER);

        // When
        IssuedSession first = identity.signIn("alice");
        IssuedSession second = identity.signIn("alice");

        // Then
        assertThat(second.sid()).isNotEqualTo(first.sid());
    }

    @Test
    void s48AWrongNameLooksAndCostsLikeAWrongPassword() {
        // Given
        identity.user("alice", Role.DEVELOPER);

        // When
        ProblemException wrongPassword = refusal("alice", "wrong");
        int costOfWrongPassword = identity.hashed.size();
        ProblemException wrongName = refusal("nobody", "wrong");
        ProblemException noName = refusal("No Name!", "wrong");

        // Then
        assertThat(wrongName.detail()).isEqualTo(wrongPassword.detail());
        assertThat(noName.detail()).isEqualTo(wrongPassword.detail());
        assertThat(wrongName.code()).isEqualTo(ErrorCode.WRONG_CREDENTIALS);
        assertThat(costOfWrongPassword).isEqualTo(1);
        assertThat(identity.hashed).hasSize(3);
    }

    @Test
    void whatWasTypedAsANameIsNotWrittenDown() {
        // When
        refusal("my-secret-password", "x");

        // Then
        assertThat(identity.lastEvent()).isEqualTo("anonymous session.sign-in user wrong_credentials");
    }

    @Test
    void s48TooManyFailuresOfOneNameAreStoppedFromAnyAddress() {
        // Given
        identity.user("alice", Role.DEVELOPER);
        for (int i = 0; i < 10; i++) {
            String address = "192.0.2." + i;
            assertThatThrownBy(() -> identity.signIn.byPassword("alice", "wrong", address));
        }

        // When
        ProblemException refusal = refusal("alice", "password of alice");

        // Then
        assertThat(refusal.code()).isEqualTo(ErrorCode.TOO_MANY_ATTEMPTS);
        assertThat(refusal.retryAfter()).isBetween(Duration.ofMinutes(4), Duration.ofMinutes(6));
        assertThat(identity.hashed).hasSize(10);
        identity.clock.advance(refusal.retryAfter());
        assertThat(identity.signIn("alice").user().name()).isEqualTo(new UserName("alice"));
    }

    @Test
    void successfulSignInsAreNotCounted() {
        // Given
        identity.user("alice", Role.DEVELOPER);

        // When
        for (int i = 0; i < 50; i++) {
            identity.signIn("alice");
        }

        // Then
        assertThat(identity.hashed).hasSize(50);
    }

    @Test
    void s05WhoIsDisabledWhileThePasswordIsComparedDoesNotComeIn() {
        // Given
        Caller admin = identity.caller("root", Role.ADMIN);
        identity.user("alice", Role.DEVELOPER);
        identity.meanwhile = () -> identity.users.disable(admin, new UserName("alice"));

        // When
        ProblemException refusal = refusal("alice", "password of alice");

        // Then
        assertThat(refusal.code()).isEqualTo(ErrorCode.WRONG_CREDENTIALS);
    }

    @Test
    void s05ASessionThatBeginsDuringAChangeOfRoleHasTheNewRole() {
        // Given
        Caller admin = identity.caller("root", Role.ADMIN);
        identity.user("alice", Role.DEVELOPER);
        identity.meanwhile = () -> identity.users.changeRole(admin, new UserName("alice"), Role.VIEWER);

        // When
        IssuedSession session = identity.signIn("alice");

        // Then
        assertThat(session.user().role()).isEqualTo(Role.VIEWER);
    }

    @Test
    void s05AnOldPasswordDoesNotComeInWhileItIsBeingReplaced() {
        // Given
        identity.user("alice", Role.DEVELOPER);
        identity.meanwhile = () -> identity.userRows.setPasswordHash(new UserName("alice"), "hash of something new");

        // When
        ProblemException refusal = refusal("alice", "password of alice");

        // Then
        assertThat(refusal.code()).isEqualTo(ErrorCode.WRONG_CREDENTIALS);
    }

    @Test
    void aDisabledUserMayNotSignIn() {
        // Given
        Caller admin = identity.caller("root", Role.ADMIN);
        identity.user("alice", Role.DEVELOPER);
        identity.users.disable(admin, new UserName("alice"));

        // When
        ProblemException refusal = refusal("alice", "password of alice");

        // Then
        assertThat(refusal.code()).isEqualTo(ErrorCode.WRONG_CREDENTIALS);
    }

    @Test
    void theFirstLinkMakesTheAdministrator() {
        // Given
        String token = token(identity.links.createForFirstAdmin());

        // When
        IssuedSession session =
                identity.signIn.byLink(token, new LinkAnswer("root", null, "long enough"), Identity.ADDRESS);

        // Then
        assertThat(identity.caller(session).role()).isEqualTo(Role.ADMIN);
        assertThat(identity.signIn.byPassword("root", "long enough", Identity.ADDRESS))
                .isNotNull();
        assertThatThrownBy(identity.links::createForFirstAdmin)
                .extracting("code")
                .isEqualTo(ErrorCode.USERS_EXIST);
    }

    @Test
    void aMistakeDoesNotCostTheLinkButUseDoes() {
        // Given
        String token = token(identity.links.createForFirstAdmin());
        assertThatThrownBy(() -> identity.signIn.byLink(token, new LinkAnswer("root", null, "short"), Identity.ADDRESS))
                .hasMessageContaining("8 to 256");
        identity.signIn.byLink(token, new LinkAnswer("root", null, "long enough"), Identity.ADDRESS);

        // When
        ProblemException again = catchThrowableOfType(
                ProblemException.class,
                () -> identity.signIn.byLink(token, new LinkAnswer("eve", null, "long enough"), "192.0.2.9"));

        // Then
        assertThat(again.code()).isEqualTo(ErrorCode.LINK_EXPIRED);
        assertThat(identity.userRows.find(new UserName("eve"))).isEmpty();
    }

    @Test
    void aLinkEndsAfterADayAndWhenANewerOneIsMade() {
        // Given
        String old = token(identity.links.createForFirstAdmin());
        String current = token(identity.links.createForFirstAdmin());

        // When
        assertThatThrownBy(() -> identity.links.look(old)).hasMessageContaining("used or has expired");
        assertThat(identity.links.look(current).purpose()).isEqualTo(LinkPurpose.FIRST_ADMIN);
        identity.clock.advance(SignInLinks.LIFE);

        // Then
        assertThatThrownBy(() -> identity.links.look(current)).hasMessageContaining("used or has expired");
    }

    @Test
    void aLinkForAUserSetsThePasswordAndEndsWhatWasSignedIn() {
        // Given
        Caller admin = identity.caller("root", Role.ADMIN);
        identity.user("alice", Role.DEVELOPER);
        IssuedSession before = identity.signIn("alice");
        String token = token(identity.links.createFor(admin, new UserName("alice")));

        // When
        identity.signIn.byLink(token, new LinkAnswer(null, null, "brand new words"), Identity.ADDRESS);

        // Then
        assertThatThrownBy(() -> identity.caller(before)).isInstanceOf(ProblemException.class);
        assertThat(identity.revoked()).containsExactly("session " + before.sid());
        assertThat(refusal("alice", "password of alice").code()).isEqualTo(ErrorCode.WRONG_CREDENTIALS);
    }

    @Test
    void onlyAnAdministratorMakesLinks() {
        // Given
        Caller developer = identity.caller("alice", Role.DEVELOPER);

        // Then
        assertThatThrownBy(() -> identity.links.createFor(developer, developer.user()))
                .extracting("code")
                .isEqualTo(ErrorCode.FORBIDDEN);
    }

    private ProblemException refusal(String name, String password) {
        return catchThrowableOfType(
                ProblemException.class, () -> identity.signIn.byPassword(name, password, Identity.ADDRESS));
    }

    private static String token(SignInLinks.Created link) {
        return link.path().substring("/login/link/".length());
    }
}
