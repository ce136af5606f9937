package io.benchtop.service;

import io.benchtop.service.http.AdminListener;
import io.benchtop.service.http.CsrfTokens;
import io.benchtop.service.identity.DisplayName;
import io.benchtop.service.identity.IssuedSession;
import io.benchtop.service.identity.PasswordHashing;
import io.benchtop.service.identity.Role;
import io.benchtop.service.identity.SignIn;
import io.benchtop.service.identity.Tokens;
import io.benchtop.service.identity.User;
import io.benchtop.service.identity.UserName;
import io.benchtop.service.identity.UserRepository;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/**
 * The whole service for tests, on a free port over an H2 database in a folder of the test's. Replace a port by declaring a
 * {@code @Singleton @Replaces} bean with {@code @Requires(property = …)} in the test and giving that property here.
 */
public final class TestingService implements AutoCloseable {

    public static final String INTERNAL_KEY = "dGVzdC1pbnRlcm5hbC1rZXktb2YtMzItYnl0ZXMhIQ";
    public static final String PUBLIC_URL = "http://127.0.0.1:8080";
    public static final String SESSION_COOKIE = "benchtop-session-8080";

    private final EmbeddedServer server;

    private TestingService(EmbeddedServer server) {
        this.server = server;
    }

    public static TestingService start(Path data) {
        return start(data, Map.of());
    }

    public static TestingService start(Path data, Map<String, Object> properties) {
        Path key = data.resolve("config").resolve("internal.key");
        try {
            Files.createDirectories(key.getParent());
            Files.writeString(key, INTERNAL_KEY);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, Object> all = new HashMap<>(Map.of(
                "micronaut.server.port",
                -1,
                "benchtop.data",
                data.toString(),
                "benchtop.public-url",
                PUBLIC_URL,
                "benchtop.session-cookie",
                SESSION_COOKIE,
                "benchtop.internal-key-file",
                key.toString(),
                "benchtop.password-cost",
                4));
        all.putAll(properties);
        return new TestingService(ApplicationContext.run(EmbeddedServer.class, all, "test"));
    }

    public URI url() {
        return server.getURI();
    }

    public <T> T bean(Class<T> type) {
        return server.getApplicationContext().getBean(type);
    }

    public static String passwordOf(String name) {
        return "password of " + name;
    }

    /** Makes the user if there is none of this name, with the password {@link #passwordOf}. */
    public void user(String name, Role role) {
        UserRepository users = bean(UserRepository.class);
        UserName userName = new UserName(name);
        Instant now = bean(InstantSource.class).instant();
        if (users.insert(new User(userName, new DisplayName("Test " + name), role, false, now, null))) {
            users.setPasswordHash(userName, bean(PasswordHashing.class).hash(passwordOf(name)));
        }
    }

    /** A browser in which this user, made if needed, has signed in: sends cookie, Origin and CSRF token. */
    public TestingClient signIn(String name, Role role) {
        user(name, role);
        IssuedSession session = bean(SignIn.class).byPassword(name, passwordOf(name), "127.0.0.1");
        return anonymous()
                .with("Cookie", SESSION_COOKIE + "=" + session.token())
                .with("Origin", PUBLIC_URL)
                .with(CsrfTokens.HEADER, bean(CsrfTokens.class).of(session.sid()));
    }

    /** A program with an API token of this user, made if needed. */
    public TestingClient program(String name, Role role) {
        user(name, role);
        Tokens.Created token =
                bean(SignIn.class).forToken(name, passwordOf(name), "test", Duration.ofDays(1), "127.0.0.1");
        return anonymous().with("Authorization", "Bearer " + token.text());
    }

    /** Another process of the installation. */
    public TestingClient internal() {
        return anonymous().with("Authorization", "Internal " + INTERNAL_KEY);
    }

    /** The port with health and metrics. */
    public TestingClient adminSide() {
        return new TestingClient(
                URI.create("http://127.0.0.1:" + bean(AdminListener.class).port()), Map.of());
    }

    public TestingClient anonymous() {
        return new TestingClient(url(), Map.of());
    }

    @Override
    public void close() {
        server.close();
    }
}
