package io.benchtop.service.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.benchtop.service.problem.ErrorCode;
import io.benchtop.service.problem.ProblemException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class AuthenticationTest {

    private static final UserName ALICE = new UserName("alice");

    private final Identity identity = new Identity();

    @Test
    void aTokenCountsUntilItExpires() {
        // Given
        Tokens.Created token =
                identity.tokens.create(identity.caller("alice", Role.DEVELOPER), "laptop", Duration.ofDays(2));

        // When
        identity.clock.advance(Duration.ofDays(2).minusSeconds(1));
        Caller before = identity.authentication.byBearer(token.text(), Identity.ADDRESS);
        identity.clock.advance(Duration.ofSeconds(1));

        // Then
        assertThat(before.user()).isEqualTo(ALICE);
        assertRefused(token.text());
    }

    @Test
    void aTokenWithAnotherSecretIsRefused() {
        // Given
        Tokens.Created token =
                identity.tokens.create(identity.caller("alice", Role.DEVELOPER), "laptop", Duration.ofDays(2));

        // Then
        assertRefused(token.text().substring(0, 16) + "A".repeat(43));
        assertRefused(token.text() + "A");
        assertRefused("bt_");
        assertRefused("");
    }

    @Test
    void aRevokedTokenIsRefusedAndItsRevocationTold() {
        // Given
        Caller alice = identity.caller("alice", Role.DEVELOPER);
        Tokens.Created token = identity.tokens.create(alice, "laptop", Duration.ofDays(2));

        // When
        identity.tokens.revoke(alice, token.token().id());

        // Then
        assertRefused(token.text());
        assertThat(identity.revoked()).containsExactly("token " + token.token().id());
        assertThat(identity.tokens.list(alice)).isEmpty();
    }

    @Test
    void s14NobodySeesOrRevokesAnotherUsersToken() {
        // Given
        Caller alice = identity.caller("alice", Role.DEVELOPER);
        Caller bob = identity.caller("bob", Role.ADMIN);
        Tokens.Created token = identity.tokens.create(alice, "laptop", Duration.ofDays(2));

        // When
        assertThatThrownBy(() -> identity.tokens.revoke(bob, token.token().id()))
                .extracting("code")
                .isEqualTo(ErrorCode.NOT_FOUND);

        // Then
        assertThat(identity.tokens.list(bob)).isEmpty();
        assertThat(identity.authentication.byBearer(token.text(), Identity.ADDRESS))
                .isNotNull();
    }

    @Test
    void everyTokenHasAnEndWithinNinetyDays() {
        // Given
        Caller alice = identity.caller("alice", Role.DEVELOPER);

        // Then
        assertThatThrownBy(() -> identity.tokens.create(alice, "laptop", Duration.ofDays(91)))
                .hasMessageContaining("at most 90 days");
        assertThatThrownBy(() -> identity.tokens.create(alice, "laptop", Duration.ZERO))
                .hasMessageContaining("more than nothing");
        assertThatThrownBy(() -> identity.tokens.create(alice, " ", Duration.ofDays(1)))
                .hasMessageContaining("name: ");
    }

    @Test
    void aWorkspaceTokenCountsWhileThatStartOfTheServerIsCurrent() {
        // Given
        identity.user("alice", Role.DEVELOPER);
        WorkspaceTokens workspaceTokens = new WorkspaceTokens(identity.signed, identity.clock);

        // When
        Caller caller = identity.authentication.byBearer(
                workspaceTokens.issue(ALICE, Role.DEVELOPER, "ws_1", 3), Identity.ADDRESS);

        // Then
        assertThat(caller.credential())
                .isEqualTo(new Credential.WorkspaceServer(
                        "ws_1", 3, identity.clock.instant().plus(WorkspaceTokens.LIFE)));
        assertRefused(workspaceTokens.issue(ALICE, Role.DEVELOPER, "ws_1", 2));
        assertRefused(workspaceTokens.issue(new UserName("nobody"), Role.DEVELOPER, "ws_1", 3));
    }

    @Test
    void theRoleIsTheOneOfNowNotTheOneInTheToken() {
        // Given
        identity.user("alice", Role.VIEWER);
        String token = new WorkspaceTokens(identity.signed, identity.clock).issue(ALICE, Role.ADMIN, "ws_1", 3);

        // When
        Caller caller = identity.authentication.byBearer(token, Identity.ADDRESS);

        // Then
        assertThat(caller.role()).isEqualTo(Role.VIEWER);
    }

    @Test
    void s27OneKindOfTokenIsNotTakenForTheOther() {
        // Given
        identity.user("alice", Role.DEVELOPER);
        IssuedSession session = identity.signIn("alice");
        String workspaceToken =
                new WorkspaceTokens(identity.signed, identity.clock).issue(ALICE, Role.DEVELOPER, "ws_1", 3);

        // Then
        assertRefused(session.token());
        assertThatThrownBy(() -> identity.authentication.bySession(workspaceToken, true, Identity.ADDRESS))
                .isInstanceOf(ProblemException.class);
    }

    private void assertRefused(String token) {
        assertThatThrownBy(() -> identity.authentication.byBearer(token, Identity.ADDRESS))
                .extracting("code")
                .isEqualTo(ErrorCode.UNAUTHENTICATED);
    }
}
