package io.benchtop.service.http.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.benchtop.service.TestingClient;
import io.benchtop.service.TestingService;
import io.benchtop.service.http.CsrfTokens;
import io.benchtop.service.identity.Role;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccountPagesIT {

    private static final Pattern TOKEN = Pattern.compile("bt_[a-z2-7]{12}_[\\w-]{43}");
    private static final Pattern LINK = Pattern.compile("/login/link/[\\w-]+");

    @TempDir
    static Path data;

    private static TestingService service;

    @BeforeAll
    static void start() {
        service = TestingService.start(data);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void aTokenIsShownOnceAndWorksUntilRevoked() {
        // Given
        TestingClient browser = service.signIn("tina", Role.DEVELOPER);

        // When
        HttpResponse<String> made = browser.form("/settings/tokens", Map.of("tokenName", "laptop", "expiresIn", "P7D"));

        // Then
        String token = find(TOKEN, made.body());
        assertThat(browser.open("/settings").body()).contains("laptop").doesNotContain(token);
        TestingClient program = service.anonymous().with("Authorization", "Bearer " + token);
        assertThat(program.get("/api/v1/me").statusCode()).isEqualTo(200);

        String id = token.substring(3, 15);
        browser.form("/settings/tokens/" + id + "/revoke", Map.of());
        assertThat(program.get("/api/v1/me").statusCode()).isEqualTo(401);
    }

    @Test
    void aTokenWithoutNameIsRefusedAtItsField() {
        // When
        HttpResponse<String> answer = service.signIn("tina", Role.DEVELOPER)
                .form("/settings/tokens", Map.of("tokenName", " ", "expiresIn", "P7D"));

        // Then
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("id=\"tokenName-error\"");
    }

    @Test
    void aNewPasswordIsTypedTwiceAndKeepsThisBrowserSignedIn() {
        // Given
        TestingClient browser = service.signIn("petra", Role.VIEWER);
        String current = TestingService.passwordOf("petra");

        // When
        HttpResponse<String> mistyped = browser.form(
                "/settings/password", Map.of("current", current, "password", "longer words", "repeated", "other"));
        HttpResponse<String> changed = browser.form(
                "/settings/password",
                Map.of("current", current, "password", "longer words", "repeated", "longer words"));

        // Then
        assertThat(mistyped.body()).contains("id=\"repeated-error\"").doesNotContain("longer words");
        assertThat(changed.headers().firstValue("Location")).contains("/settings?done=password-changed");
        assertThat(changed.headers().firstValue("Set-Cookie")).isPresent();
    }

    @Test
    void anAdministratorMakesAUserWhoChoosesAPasswordByTheLink() {
        // Given
        TestingClient admin = service.signIn("root", Role.ADMIN);

        // When
        HttpResponse<String> made =
                admin.form("/admin/users", Map.of("name", "newby", "displayName", "New By", "role", "developer"));
        String link = find(LINK, made.body());
        HttpResponse<String> landing = service.anonymous().open(link);
        HttpResponse<String> chosen = service.anonymous()
                .with("Origin", TestingService.PUBLIC_URL)
                .form(link, Map.of("password", "words of newby", "repeated", "words of newby"));

        // Then
        assertThat(landing.body()).contains("value=\"newby\"", "Choose your password");
        assertThat(chosen.statusCode()).isEqualTo(303);
        assertThat(chosen.headers().firstValue("Set-Cookie")).isPresent();
        HttpResponse<String> again = service.anonymous().open(link);
        assertThat(again.statusCode()).isEqualTo(410);
        assertThat(again.body()).contains("<h1>Link expired</h1>");
    }

    @Test
    void theFirstAdministratorChoosesAName() {
        // Given
        HttpResponse<String> printed =
                service.internal().post("/internal/sign-in-links", "{\"purpose\":\"first-admin\"}");
        if (printed.statusCode() == 409) {
            return;
        }
        String link = find(LINK, printed.body());

        // When
        HttpResponse<String> refused = service.anonymous()
                .with("Origin", TestingService.PUBLIC_URL)
                .form(link, Map.of("name", "Éa", "password", "long enough", "repeated", "long enough"));

        // Then
        assertThat(service.anonymous().open(link).body()).contains("Welcome to Benchtop");
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("id=\"name-error\"", "value=\"Éa\"");
    }

    @Test
    void s07AHostileNameIsTextOnEveryPage() {
        // Given
        TestingClient admin = service.signIn("root", Role.ADMIN);
        String attack = "'\"><svg onload>";

        // When
        admin.form("/admin/users", Map.of("name", "mallory", "displayName", attack, "role", "viewer"));

        // Then
        HttpResponse<String> page = admin.open("/admin/users");
        assertThat(page.body()).contains("&lt;svg onload").doesNotContain(attack);
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'self'");
        assertThat(page.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    }

    @Test
    void s03WithoutTheFormsTokenNothingChanges() {
        // Given
        TestingClient admin = service.signIn("root", Role.ADMIN).without(CsrfTokens.HEADER);
        TestingClient other = service.signIn("otto", Role.ADMIN);

        // When
        Map<String, String> fields = Map.of("name", "forged", "displayName", "Forged", "role", "admin");
        HttpResponse<String> missing = admin.form("/admin/users", fields);
        HttpResponse<String> foreign =
                admin.with(CsrfTokens.HEADER, other.header(CsrfTokens.HEADER)).form("/admin/users", fields);

        // Then
        assertThat(missing.statusCode()).isEqualTo(403);
        assertThat(foreign.statusCode()).isEqualTo(403);
        assertThat(other.open("/admin/users").body()).doesNotContain("forged");
    }

    @Test
    void theFormsTokenMayComeAsAField() {
        // Given
        TestingClient admin = service.signIn("root", Role.ADMIN);
        String csrf = admin.header(CsrfTokens.HEADER);

        // When
        HttpResponse<String> answer = admin.without(CsrfTokens.HEADER)
                .form("/settings/tokens", Map.of("_csrf", csrf, "tokenName", "field", "expiresIn", "P1D"));

        // Then
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).containsPattern(TOKEN);
    }

    @Test
    void disablingAUserSignsThatUserOut() {
        // Given
        TestingClient admin = service.signIn("root", Role.ADMIN);
        TestingClient browser = service.signIn("dora", Role.DEVELOPER);

        // When
        HttpResponse<String> answer = admin.form("/admin/users/dora", Map.of("disabled", "true"));

        // Then
        assertThat(answer.headers().firstValue("Location")).contains("/admin/users?done=user-disabled");
        assertThat(browser.open("/settings").statusCode()).isEqualTo(303);
        assertThat(admin.open("/admin/users").body()).contains("id=\"toggle-dora\"", "Enable");
    }

    @Test
    void onlyAdministratorsSeeUsers() {
        // When
        HttpResponse<String> answer = service.signIn("vera", Role.VIEWER).open("/admin/users");

        // Then
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("<h1>Not allowed</h1>", "Ask an administrator");
    }

    private static String find(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        assertThat(matcher.find()).as(text).isTrue();
        return matcher.group();
    }
}
