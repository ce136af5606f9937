package io.benchtop.service.http.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.benchtop.service.identity.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PageRenderingTest {

    private static final String ATTACK = "'\"><svg onload=alert(1)>";
    private static final Pattern FORM = Pattern.compile("<form\\b[^>]*>.*?</form>", Pattern.DOTALL);
    private static final Pattern LABEL = Pattern.compile("<label\\b[^>]*\\bfor=\"([^\"]+)\"");
    private static final Pattern ID = Pattern.compile("\\bid=\"([^\"]+)\"");
    private static final Pattern DESCRIPTION = Pattern.compile("aria-(?:describedby|labelledby)=\"([^\"]+)\"");

    static Stream<Map.Entry<String, Page>> pages() {
        return Samples.of(Role.ADMIN, Theme.DARK).pages().entrySet().stream();
    }

    static Stream<Map.Entry<String, Page>> hostilePages() {
        return Samples.hostile(ATTACK).pages().entrySet().stream();
    }

    @ParameterizedTest
    @MethodSource("hostilePages")
    void s07NoTextOfAPersonBecomesMarkup(Map.Entry<String, Page> page) {
        // When
        String html = page.getValue().html();

        // Then
        assertThat(html).doesNotContain("<svg onload").doesNotContain("'\"><");
        for (String tag : matches(Pattern.compile("<[a-z][^>]*>"), html)) {
            assertThat(tag).doesNotContain("onload=\"").doesNotMatch("(?s).*\\son[a-z]+=.*");
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void s03EveryFormThatChangesSomethingCarriesTheToken(Map.Entry<String, Page> page) {
        for (String form : matches(FORM, page.getValue().html())) {
            boolean signedIn = !form.contains("action=\"/login");
            if (form.contains("method=\"post\"") && signedIn) {
                assertThat(form).contains("name=\"_csrf\" value=\"csrf-of-the-session\"");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void nothingNeedsAnExceptionFromTheContentSecurityPolicy(Map.Entry<String, Page> page) {
        // When
        String html = page.getValue().html();

        // Then
        assertThat(html).doesNotContain(" style=", "<style", "javascript:", "src=\"data:", "src=\"http");
        for (String script : matches(Pattern.compile("<script[^>]*>"), html)) {
            assertThat(script).contains(" src=\"/assets/");
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyPageCanBeReadByAScreenReader(Map.Entry<String, Page> page) {
        // When
        String html = page.getValue().html();
        List<String> ids = groups(ID, html);

        // Then
        assertThat(ids).doesNotHaveDuplicates();
        assertThat(ids).containsAll(groups(LABEL, html)).containsAll(groups(DESCRIPTION, html));
        assertThat(html).contains("<html lang=\"en\"", "<main ", "class=\"skip\"", "aria-live=\"polite\"");
        assertThat(matches(Pattern.compile("<h1\\b"), html)).hasSize(1);
        assertThat(matches(Pattern.compile("<title>[^<]+ · Benchtop</title>"), html))
                .hasSize(1);
    }

    @Test
    void onlyAdministratorsAreLedToAdministration() {
        assertThat(home(Role.ADMIN)).contains("href=\"/admin/users\"", "href=\"/admin/audit\"");
        assertThat(home(Role.DEVELOPER)).doesNotContain("/admin/").contains("href=\"/workspaces/new\"");
        assertThat(home(Role.VIEWER)).doesNotContain("/admin/").doesNotContain("href=\"/workspaces/new\"");
    }

    @Test
    void theChosenThemeIsThereBeforeAnyScript() {
        assertThat(home(Role.ADMIN)).contains("<html lang=\"en\" data-theme=\"dark\">");
        assertThat(Samples.of(Role.ADMIN, Theme.SYSTEM).pages().get("home").html())
                .contains("<html lang=\"en\">");
    }

    private static String home(Role role) {
        return Samples.of(role, Theme.DARK).pages().get("home").html();
    }

    private static List<String> matches(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(match -> match.group()).toList();
    }

    private static List<String> groups(Pattern pattern, String text) {
        List<String> groups = new ArrayList<>();
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            groups.addAll(List.of(matcher.group(1).split(" ")));
        }
        return groups;
    }
}
