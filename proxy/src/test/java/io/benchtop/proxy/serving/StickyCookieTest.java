package io.benchtop.proxy.serving;

import static org.assertj.core.api.Assertions.assertThat;

import io.benchtop.api.routing.EndpointRoute.Sticky;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

class StickyCookieTest {

    private final StickyCookie cookie =
            new StickyCookie(Routes.of(new Sticky(null, true, Routes.COOKIE_KEY), Routes.arm("1.0.0", 0, 10_000)));
    private final String id = StickyCookie.freshId(new SecureRandom());

    private String pair() {
        return cookie.setting(id, false).split(";", 2)[0];
    }

    @Test
    void whatWasSetIsRead() {
        assertThat(cookie.idIn(pair())).isEqualTo(id);
        assertThat(cookie.idIn("a=b; " + pair() + "; c=d")).isEqualTo(id);
        assertThat(cookie.setting(id, true))
                .contains("Path=/serve/iris/", "HttpOnly", "SameSite=Lax")
                .endsWith("; Secure");
    }

    @Test
    void s37_whatWeDidNotSignIsNotRead() {
        // Given
        String other = StickyCookie.freshId(new SecureRandom());
        String moved = pair().replace(id, other);
        String torn = pair().substring(0, pair().length() - 1);
        String renamed = pair().replace("ws_exp_iris", "ws_exp_rose");

        // When / Then
        assertThat(cookie.idIn(moved)).isNull();
        assertThat(cookie.idIn(torn)).isNull();
        assertThat(cookie.idIn(renamed)).isNull();
        assertThat(cookie.idIn("")).isNull();
        assertThat(cookie.isIn(moved)).isTrue();
    }
}
