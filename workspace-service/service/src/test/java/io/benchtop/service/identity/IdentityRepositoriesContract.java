package io.benchtop.service.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.benchtop.service.identity.jdbc.JdbiAttemptRepository;
import io.benchtop.service.identity.jdbc.JdbiExternalIdentityRepository;
import io.benchtop.service.identity.jdbc.JdbiLinkRepository;
import io.benchtop.service.identity.jdbc.JdbiSessionRepository;
import io.benchtop.service.identity.jdbc.JdbiTokenRepository;
import io.benchtop.service.identity.jdbc.JdbiUserRepository;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the repositories of identity promise, on any database. */
public abstract class IdentityRepositoriesContract {

    private static final Instant NOW = Instant.parse("2026-10-25T00:30:00.123456Z");
    private static final UserName ALICE = new UserName("alice");
    private static final UserName BOB = new UserName("bob");

    private UserRepository users;
    private SessionRepository sessions;
    private TokenRepository tokens;
    private LinkRepository links;
    private ExternalIdentityRepository identities;
    private AttemptRepository attempts;

    protected abstract Jdbi database();

    @BeforeEach
    void open() {
        Jdbi jdbi = database();
        users = new JdbiUserRepository(jdbi);
        sessions = new JdbiSessionRepository(jdbi);
        tokens = new JdbiTokenRepository(jdbi);
        links = new JdbiLinkRepository(jdbi);
        identities = new JdbiExternalIdentityRepository(jdbi);
        attempts = new JdbiAttemptRepository(jdbi);
        users.insert(user(ALICE, Role.DEVELOPER));
        users.insert(user(BOB, Role.ADMIN));
    }

    @Test
    void returnsAUserAsInserted() {
        assertThat(users.find(ALICE)).contains(user(ALICE, Role.DEVELOPER));
        assertThat(users.find(new UserName("carol"))).isEmpty();
    }

    @Test
    void insertsANameOnce() {
        // When
        boolean second = users.insert(user(ALICE, Role.ADMIN));

        // Then
        assertThat(second).isFalse();
        assertThat(users.find(ALICE)).map(User::role).contains(Role.DEVELOPER);
    }

    @Test
    void listsUsersByName() {
        assertThat(users.list()).extracting(User::name).containsExactly(ALICE, BOB);
    }

    @Test
    void updatesWhatAnAdministratorMayChange() {
        // Given
        User changed = new User(ALICE, new DisplayName("Älice 秀樹"), Role.VIEWER, true, NOW, null);

        // When
        users.update(changed);

        // Then
        assertThat(users.find(ALICE)).contains(changed);
        assertThat(users.find(BOB)).contains(user(BOB, Role.ADMIN));
    }

    @Test
    void countsOnlyEnabledUsersOfTheRole() {
        // Given
        users.update(user(ALICE, Role.ADMIN).withDisabled(true));

        // When
        long admins = users.lockAndCountEnabled(Role.ADMIN);

        // Then
        assertThat(admins).isEqualTo(1);
    }

    @Test
    void knowsWhetherAnybodyOfARoleHasSignedIn() {
        // When
        users.signedIn(ALICE, NOW);

        // Then
        assertThat(users.anySignedIn(Role.DEVELOPER)).isTrue();
        assertThat(users.anySignedIn(Role.ADMIN)).isFalse();
        assertThat(users.find(ALICE)).map(User::lastSignInAt).contains(NOW);
    }

    @Test
    void keepsThePasswordApart() {
        // When
        users.setPasswordHash(ALICE, "hash");

        // Then
        assertThat(users.passwordHash(ALICE)).contains("hash");
        assertThat(users.passwordHash(BOB)).isEmpty();
    }

    @Test
    void endsASessionOnce() {
        // Given
        sessions.insert(new Session("s1", ALICE, NOW, NOW, null));

        // When
        boolean first = sessions.end("s1", NOW.plusSeconds(5));
        boolean second = sessions.end("s1", NOW.plusSeconds(9));

        // Then
        assertThat(first).isTrue();
        assertThat(second).isFalse();
        assertThat(sessions.find("s1")).contains(new Session("s1", ALICE, NOW, NOW, NOW.plusSeconds(5)));
        assertThat(sessions.end("unknown", NOW)).isFalse();
    }

    @Test
    void endsEveryOpenSessionOfOneUser() {
        // Given
        sessions.insert(new Session("a1", ALICE, NOW, NOW, null));
        sessions.insert(new Session("a2", ALICE, NOW, NOW, null));
        sessions.insert(new Session("a3", ALICE, NOW, NOW, NOW));
        sessions.insert(new Session("b1", BOB, NOW, NOW, null));

        // When
        List<String> ended = sessions.endAll(ALICE, NOW.plusSeconds(1));

        // Then
        assertThat(ended).containsExactlyInAnyOrder("a1", "a2");
        assertThat(sessions.find("b1")).map(Session::endedAt).isEmpty();
        assertThat(sessions.endedSince(NOW)).extracting(Session::sid).containsExactly("a1", "a2");
    }

    @Test
    void forgetsSessionsUnseenForLong() {
        // Given
        sessions.insert(new Session("old", ALICE, NOW, NOW, null));
        sessions.insert(new Session("new", ALICE, NOW, NOW, null));
        sessions.seen("new", NOW.plus(Duration.ofDays(20)));

        // When
        sessions.forgetUnseenSince(NOW.plus(Duration.ofDays(10)));

        // Then
        assertThat(sessions.find("old")).isEmpty();
        assertThat(sessions.find("new")).isPresent();
    }

    @Test
    void findsATokenUntilItIsRevoked() {
        // Given
        ApiToken token = new ApiToken("id1", ALICE, "laptop", NOW, NOW.plusSeconds(60), null);
        tokens.insert(token, "hash");

        // When
        tokens.used("id1", NOW.plusSeconds(3));

        // Then
        assertThat(tokens.find("id1"))
                .contains(new ApiToken("id1", ALICE, "laptop", NOW, NOW.plusSeconds(60), NOW.plusSeconds(3)));
        assertThat(tokens.secretHash("id1")).contains("hash");
        assertThat(tokens.revoke("id1", NOW)).isTrue();
        assertThat(tokens.revoke("id1", NOW)).isFalse();
        assertThat(tokens.find("id1")).isEmpty();
        assertThat(tokens.secretHash("id1")).isEmpty();
    }

    @Test
    void listsTheTokensOfOneUserThatStillCount() {
        // Given
        tokens.insert(new ApiToken("t1", ALICE, "one", NOW, NOW.plusSeconds(60), null), "h1");
        tokens.insert(new ApiToken("t2", ALICE, "two", NOW.plusSeconds(1), NOW.plusSeconds(60), null), "h2");
        tokens.insert(new ApiToken("t3", ALICE, "ended", NOW, NOW.plusSeconds(2), null), "h3");
        tokens.insert(new ApiToken("t4", BOB, "other", NOW, NOW.plusSeconds(60), null), "h4");

        // When
        List<ApiToken> list = tokens.list(ALICE, NOW.plusSeconds(2));

        // Then
        assertThat(list).extracting(ApiToken::id).containsExactly("t2", "t1");
    }

    @Test
    void revokesAllTokensOfOneUser() {
        // Given
        tokens.insert(new ApiToken("t1", ALICE, "one", NOW, NOW.plusSeconds(60), null), "h1");
        tokens.insert(new ApiToken("t2", BOB, "two", NOW, NOW.plusSeconds(60), null), "h2");

        // When
        List<String> revoked = tokens.revokeAll(ALICE, NOW);

        // Then
        assertThat(revoked).containsExactly("t1");
        assertThat(tokens.find("t2")).isPresent();
    }

    @Test
    void usesALinkUpOnce() {
        // Given
        SignInLink link = new SignInLink(LinkPurpose.SET_PASSWORD, ALICE, NOW.plusSeconds(60));
        links.insert("hash", link);

        // When
        boolean first = links.end("hash", NOW);
        boolean second = links.end("hash", NOW);

        // Then
        assertThat(first).isTrue();
        assertThat(second).isFalse();
        assertThat(links.find("hash")).isEmpty();
    }

    @Test
    void aNewLinkEndsOnlyLinksForTheSame() {
        // Given
        SignInLink first = new SignInLink(LinkPurpose.FIRST_ADMIN, null, NOW.plusSeconds(60));
        SignInLink alice = new SignInLink(LinkPurpose.SET_PASSWORD, ALICE, NOW.plusSeconds(60));
        SignInLink bob = new SignInLink(LinkPurpose.SET_PASSWORD, BOB, NOW.plusSeconds(60));
        links.insert("first", first);
        links.insert("alice", alice);
        links.insert("bob", bob);

        // When
        links.endAllLike(first, NOW);
        links.endAllLike(alice, NOW);

        // Then
        assertThat(links.find("first")).isEmpty();
        assertThat(links.find("alice")).isEmpty();
        assertThat(links.find("bob")).contains(bob);
    }

    @Test
    void s10AnIdentityIsOneUserAndOnlyToTheLetter() {
        // Given
        ExternalIdentity anna = new ExternalIdentity("https://id.example.org", "Anna");

        // When
        boolean first = identities.insert(anna, ALICE, NOW);

        // Then
        assertThat(first).isTrue();
        assertThat(identities.find(anna)).contains(ALICE);
        assertThat(identities.find(new ExternalIdentity("https://id.example.org", "anna")))
                .isEmpty();
        assertThat(identities.find(new ExternalIdentity("https://id.example.org/", "Anna")))
                .isEmpty();
        assertThat(identities.isExternal(ALICE)).isTrue();
        assertThat(identities.isExternal(BOB)).isFalse();
    }

    @Test
    void s10NeitherAnIdentityNorAUserIsGivenAway() {
        // Given
        ExternalIdentity anna = new ExternalIdentity("https://id.example.org", "1");
        identities.insert(anna, ALICE, NOW);

        // When
        boolean otherUser = identities.insert(anna, BOB, NOW);
        boolean otherIdentity = identities.insert(new ExternalIdentity("https://id.example.org", "2"), ALICE, NOW);

        // Then
        assertThat(otherUser).isFalse();
        assertThat(otherIdentity).isFalse();
        assertThat(identities.find(anna)).contains(ALICE);
    }

    @Test
    void s28UsesAnAttemptUpOnceUntilItIsForgotten() {
        // When
        boolean first = attempts.use("hash", NOW, NOW.minusSeconds(1));
        boolean second = attempts.use("hash", NOW, NOW);
        boolean afterIt = attempts.use("hash", NOW, NOW.plusSeconds(1));

        // Then
        assertThat(first).isTrue();
        assertThat(second).isFalse();
        assertThat(afterIt).isTrue();
    }

    private static User user(UserName name, Role role) {
        return new User(name, new DisplayName("Test " + name), role, false, NOW, null);
    }
}
