package io.benchtop.service.http;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.identity.IssuedSession;
import io.benchtop.service.identity.Session;
import java.time.Duration;

/** Writes the session cookie: for scripts invisible, for other sites' unsafe requests not sent, for this host alone. */
public final class SessionCookie {

    private final String name;
    private final boolean secure;

    SessionCookie(String name, boolean secure) {
        this.name = requireNonNull(name, "name is null");
        this.secure = secure;
    }

    public String name() {
        return name;
    }

    /** The value of {@code Set-Cookie}; the browser keeps it as long as the session may stay idle. */
    public String set(IssuedSession session) {
        return write(session.token(), Session.IDLE_LIMIT);
    }

    /** The value of {@code Set-Cookie} that takes the cookie away. */
    public String clear() {
        return write("", Duration.ZERO);
    }

    private String write(String value, Duration maxAge) {
        return name + "=" + value + "; Path=/; HttpOnly; SameSite=Lax; Max-Age=" + maxAge.toSeconds()
                + (secure ? "; Secure" : "");
    }
}
