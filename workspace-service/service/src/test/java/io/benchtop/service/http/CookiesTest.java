package io.benchtop.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.benchtop.service.identity.DisplayName;
import io.benchtop.service.identity.IssuedSession;
import io.benchtop.service.identity.Role;
import io.benchtop.service.identity.User;
import io.benchtop.service.identity.UserName;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class CookiesTest {

    @Test
    void s04SeesEveryCookieOfAName() {
        assertThat(CookieHeader.values(List.of("a=1; s=first; b=2", "s=second;s=third"), "s"))
                .containsExactly("first", "second", "third");
        assertThat(CookieHeader.values(List.of("sx=1; xs=2; S=3"), "s")).isEmpty();
        assertThat(CookieHeader.values(List.of(), "s")).isEmpty();
    }

    @Test
    void s04TheSessionCookieIsForThisHostAndNoScript() {
        // Given
        User alice = new User(new UserName("alice"), new DisplayName("Alice"), Role.VIEWER, false, Instant.EPOCH, null);
        IssuedSession session = new IssuedSession("sid", alice, "token", Instant.EPOCH);

        // Then
        assertThat(new SessionCookie("__Host-benchtop-session", true).set(session))
                .isEqualTo("__Host-benchtop-session=token; Path=/; HttpOnly; SameSite=Lax; Max-Age=86400; Secure");
        assertThat(new SessionCookie("benchtop-session-8080", false).clear())
                .isEqualTo("benchtop-session-8080=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0");
    }
}
