package io.benchtop.proxy.auth;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.benchtop.proxy.http.BadMessageException;
import io.benchtop.proxy.http.FieldName;
import io.benchtop.proxy.http.HeadEnd;
import io.benchtop.proxy.http.RequestHead;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SessionCookieTest {

    private static final String NAME = "benchtop-session-8080";

    private final SessionCookie cookie = new SessionCookie(NAME);
    private final ByteKey key = new ByteKey();

    private static RequestHead head(String cookies) throws BadMessageException {
        byte[] bytes = ("GET / HTTP/1.1\r\nHost: h\r\nCookie: " + cookies + "\r\n\r\n").getBytes(ISO_8859_1);
        RequestHead head = new RequestHead();
        head.parse(Arrays.copyOf(bytes, bytes.length + 64), HeadEnd.find(bytes, 0, bytes.length));
        return head;
    }

    @ParameterizedTest
    @CsvSource({
        "benchtop-session-8080=v, v",
        "a=1; benchtop-session-8080=v; b=2, v",
        "a=1;benchtop-session-8080=v, v",
        "a=1;  benchtop-session-8080 =v , v",
        "benchtop-session-8080=a.b-c_d=, a.b-c_d="
    })
    void ourCookieIsFoundAmongOthers(String cookies, String value) throws BadMessageException {
        assertThat(cookie.find(head(cookies).fields(), key)).isTrue();
        assertThat(key.text()).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource({"a=1", "xbenchtop-session-8080=v", "benchtop-session-80801=v", "benchtop-session-8080", "''"})
    void anotherCookieIsNotOurs(String cookies) throws BadMessageException {
        assertThat(cookie.find(head(cookies).fields(), key)).isFalse();
    }

    @Test
    void s04_twoOfOursAreRefused() {
        assertThatThrownBy(() -> cookie.find(head(NAME + "=a; " + NAME + "=b").fields(), key))
                .isInstanceOf(BadMessageException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "benchtop-session-8080=v, ''",
        "a=1; benchtop-session-8080=v; b=2, a=1; b=2",
        "benchtop-session-9090=v; a=1, a=1",
        "benchtop-session-8080 =v; a=1, a=1",
        "__Host-benchtop-session=v;a=1;c, a=1; c"
    })
    void s29_onlyOtherCookiesGoOn(String cookies, String others) throws BadMessageException {
        // Given
        RequestHead head = head(cookies);
        ByteBuf out = Unpooled.buffer();

        // When
        cookie.writeOthers(head.fields(), head.fields().first(FieldName.COOKIE), out);

        // Then
        assertThat(out.toString(ISO_8859_1)).isEqualTo(others.isEmpty() ? "" : "Cookie: " + others + "\r\n");
    }
}
