package io.benchtop.service.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.benchtop.service.problem.ErrorCode;
import io.benchtop.service.problem.ProblemException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SessionsTest {

    private static final UserName ALICE = new UserName("alice");

    private final Identity identity = new Identity();
    private Caller admin;
    private IssuedSession session;

    @BeforeEach
    void signIn() {
        admin = identity.caller("root", Role.ADMIN);
        identity.user("alice", Role.DEVELOPER);
        session = identity.signIn("alice");
    }

    @Test
    void aCookieEndsAfterAnHourUnlessItIsRenewed() {
        // Given
        identity.clock.advance(Duration.ofMinutes(50));
        IssuedSession renewed = identity.sessions.renew(session.sid()).orElseThrow();

        // When
        identity.clock.advance(Duration.ofMinutes(20));

        // Then
        assertThat(identity.caller(renewed).user()).isEqualTo(ALICE);
        assertThatThrownBy(() -> identity.caller(session)).isInstanceOf(ProblemException.class);
    }

    @Test
    void aPageRenewsACookieThatEndedWhileTheSessionLives() {
        // Given
        identity.clock.advance(Duration.ofHours(20));

        // When
        Authentication.BySession found = identity.authentication.bySession(session.token(), true, Identity.ADDRESS);

        // Then
        assertThat(found.caller().user()).isEqualTo(ALICE);
        assertThat(found.renewalDue()).isTrue();
    }

    @Test
    void aSessionEndsAfterADayWithoutUse() {
        // When
        identity.clock.advance(Session.IDLE_LIMIT);

        // Then
        assertThat(identity.sessions.renew(session.sid())).isEmpty();
        assertThatThrownBy(() -> identity.authentication.bySession(session.token(), true, Identity.ADDRESS))
                .isInstanceOf(ProblemException.class);
    }

    @Test
    void aSessionEndsAfterFourteenDaysHoweverMuchItIsUsed() {
        // Given
        int renewals = 0;

        // When
        while (identity.sessions.renew(session.sid()).isPresent()) {
            identity.clock.advance(Duration.ofHours(12));
            renewals++;
        }

        // Then
        assertThat(renewals).isEqualTo(28);
    }

    @Test
    void theLastCookieDoesNotOutliveTheSession() {
        // Given
        for (int i = 0; i < 27; i++) {
            identity.clock.advance(Duration.ofHours(12));
            identity.sessions.renew(session.sid());
        }
        identity.clock.advance(Duration.ofMinutes(11 * 60 + 30));

        // When
        Optional<IssuedSession> last = identity.sessions.renew(session.sid());

        // Then
        assertThat(last)
                .map(IssuedSession::expiresAt)
                .contains(identity.clock.instant().plusSeconds(30 * 60));
    }

    @Test
    void s05SigningOutEndsTheSessionForWhoeverHoldsItsCookie() {
        // When
        identity.sessions.end(identity.caller(session));

        // Then
        assertThatThrownBy(() -> identity.caller(session)).extracting("code").isEqualTo(ErrorCode.UNAUTHENTICATED);
        assertThat(identity.sessions.renew(session.sid())).isEmpty();
        assertThat(identity.revoked()).containsExactly("session " + session.sid());
        assertThat(identity.sessions.revoked())
                .extracting(Sessions.Revoked::sid)
                .containsExactly(session.sid());
        assertThat(identity.lastEvent()).isEqualTo("alice session.sign-out user/alice ok");
    }

    @Test
    void aRevocationIsForgottenWhenNoCookieCanBeLeft() {
        // Given
        identity.sessions.end(identity.caller(session));

        // When
        identity.clock.advance(Session.COOKIE_LIFE);

        // Then
        assertThat(identity.sessions.revoked()).isEmpty();
    }

    @Test
    void s05DisablingAUserEndsSessionsAndTokens() {
        // Given
        Tokens.Created token = identity.tokens.create(identity.caller(session), "laptop", Duration.ofDays(1));

        // When
        identity.users.disable(admin, ALICE);

        // Then
        assertThatThrownBy(() -> identity.caller(session)).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> identity.authentication.byBearer(token.text(), Identity.ADDRESS))
                .isInstanceOf(ProblemException.class);
        assertThat(identity.revoked())
                .containsExactly(
                        "session " + session.sid(), "token " + token.token().id());
        assertThat(identity.lastEvent()).isEqualTo("root user.disable user/alice ok");
    }

    @Test
    void s05ChangingTheRoleEndsSessions() {
        // When
        identity.users.changeRole(admin, ALICE, Role.VIEWER);

        // Then
        assertThatThrownBy(() -> identity.caller(session)).isInstanceOf(ProblemException.class);
        assertThat(identity.caller(identity.signIn("alice")).role()).isEqualTo(Role.VIEWER);
    }

    @Test
    void renamingAUserEndsNothing() {
        // When
        identity.users.change(admin, ALICE, new Users.Change(new DisplayName("Alice"), null, null));

        // Then
        assertThat(identity.caller(session).displayName()).isEqualTo("Alice");
        assertThat(identity.revoked()).isEmpty();
    }

    @Test
    void s05ANewPasswordEndsEverySessionButTheOneThatChangedIt() {
        // Given
        IssuedSession elsewhere = identity.signIn("alice");

        // When
        IssuedSession fresh = identity.passwords
                .change(identity.caller(session), "password of alice", "another good one")
                .orElseThrow();

        // Then
        assertThat(identity.caller(fresh).user()).isEqualTo(ALICE);
        assertThatThrownBy(() -> identity.caller(elsewhere)).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> identity.caller(session)).isInstanceOf(ProblemException.class);
    }

    @Test
    void s05OfTwoChangesOfThePasswordAtOnceOnlyTheFirstCounts() {
        // Given
        Caller alice = identity.caller(session);
        identity.meanwhile = () -> identity.userRows.setPasswordHash(ALICE, "hash of something new");

        // Then
        assertThatThrownBy(() -> identity.passwords.change(alice, "password of alice", "another good one"))
                .extracting("code")
                .isEqualTo(ErrorCode.WRONG_CREDENTIALS);
        assertThat(identity.userRows.passwordHash(ALICE)).contains("hash of something new");
    }

    @Test
    void s05WhoWasLetInStaysOnlyAsLongAsTheSessionOrToken() {
        // Given
        Caller browser = identity.caller(session);
        Tokens.Created token = identity.tokens.create(browser, "laptop", Duration.ofDays(2));
        Caller program = identity.authentication.byBearer(token.text(), Identity.ADDRESS);

        // When
        boolean browserBefore = identity.authentication.isInForce(browser);
        boolean programBefore = identity.authentication.isInForce(program);
        identity.sessions.end(browser);
        identity.tokens.revoke(program, token.token().id());

        // Then
        assertThat(browserBefore).isTrue();
        assertThat(programBefore).isTrue();
        assertThat(identity.authentication.isInForce(browser)).isFalse();
        assertThat(identity.authentication.isInForce(program)).isFalse();
    }

    @Test
    void s05WhoWasLetInIsOutOnceInAnotherRole() {
        // Given
        Caller alice = identity.caller(session);

        // When
        identity.users.changeRole(admin, ALICE, Role.VIEWER);

        // Then
        assertThat(identity.authentication.isInForce(alice)).isFalse();
        assertThat(identity.authentication.isInForce(admin)).isTrue();
    }

    @Test
    void theCurrentPasswordIsAskedFor() {
        // Given
        Caller alice = identity.caller(session);

        // Then
        assertThatThrownBy(() -> identity.passwords.change(alice, "wrong", "another good one"))
                .extracting("code")
                .isEqualTo(ErrorCode.WRONG_CREDENTIALS);
        assertThatThrownBy(() -> identity.passwords.change(alice, "password of alice", "alice"))
                .hasMessageContaining("8 to 256");
        assertThat(identity.caller(session)).isNotNull();
    }

    @Test
    void theOnlyAdministratorCannotBeTakenAway() {
        // Then
        assertThatThrownBy(() -> identity.users.disable(admin, admin.user()))
                .hasMessageContaining("only administrator");
        assertThatThrownBy(() -> identity.users.changeRole(admin, admin.user(), Role.VIEWER))
                .hasMessageContaining("only administrator");
        identity.users.changeRole(admin, ALICE, Role.ADMIN);
        assertThat(identity.users.disable(admin, admin.user()).disabled()).isTrue();
    }
}
