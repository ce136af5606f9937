package io.benchtop.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.benchtop.service.TestingClient;
import io.benchtop.service.TestingService;
import io.benchtop.service.identity.Role;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * S13: every route times every role has an expected answer. The routes come from the generated OpenAPI description, the
 * expectations from {@code RouteMatrix.csv}; a route without a line there fails, so no cell stays untested. Each is asked
 * for with an empty JSON object and for an object that does not exist, so that the answer tells the right and not the state.
 */
class RouteMatrixIT {

    private static final Pattern ROUTE = Pattern.compile("^ {2}(/\\S*):$|^ {4}(get|post|put|patch|delete):$");

    @TempDir
    Path data;

    @Test
    void s13EveryRouteAnswersEveryRoleAsExpected() throws IOException {
        try (TestingService service = TestingService.start(data)) {
            // Given
            List<TestingClient> callers = List.of(
                    service.anonymous(),
                    service.signIn("vic", Role.VIEWER),
                    service.signIn("dev", Role.DEVELOPER),
                    service.signIn("root", Role.ADMIN));

            // When
            Map<String, String> actual = new LinkedHashMap<>();
            for (String route : routes()) {
                actual.put(route, answers(callers, route));
            }

            // Then
            assertThat(actual)
                    .as("expectations are in RouteMatrix.csv: method, path, anonymous, viewer, developer, admin")
                    .containsExactlyInAnyOrderEntriesOf(expected());
        }
    }

    private static String answers(List<TestingClient> callers, String route) {
        String method = route.substring(0, route.indexOf(' '));
        String path = route.substring(route.indexOf(' ') + 1)
                .replace("{space}", "no")
                .replace("{number}", "1")
                .replace("{path}", "file")
                .replace("{read}", "rd_1")
                .replace("{version}", "0.0.1")
                .replace("{alias}", "production")
                .replace("{name}", "nobody")
                .replace("{slug}", "nothing")
                .replace("{id}", "ws_aaaaaaaaaaaa");
        boolean body = !method.equals("GET") && !method.equals("DELETE");
        List<String> statuses = new ArrayList<>();
        for (TestingClient caller : callers) {
            HttpResponse<String> response =
                    caller.send(method, path, body ? "application/json" : null, body ? "{}" : null);
            statuses.add(Integer.toString(response.statusCode()));
        }
        return String.join(",", statuses);
    }

    private static List<String> routes() throws IOException {
        List<String> routes = new ArrayList<>();
        String path = "";
        for (String line : OpenApiTest.generated().lines().toList()) {
            Matcher route = ROUTE.matcher(line);
            if (line.equals("components:")) {
                break;
            }
            if (route.matches() && route.group(1) != null) {
                path = route.group(1);
            } else if (route.matches()) {
                routes.add(route.group(2).toUpperCase(Locale.ROOT) + " " + path);
            }
        }
        return routes;
    }

    private static Map<String, String> expected() throws IOException {
        Map<String, String> expected = new LinkedHashMap<>();
        try (var table = RouteMatrixIT.class.getResourceAsStream("/RouteMatrix.csv")) {
            String text = new String(table.readAllBytes(), StandardCharsets.UTF_8);
            text.lines().filter(line -> !line.startsWith("#")).forEach(line -> {
                String[] cells = line.split(",", 3);
                expected.put(cells[0] + " " + cells[1], cells[2]);
            });
        }
        return expected;
    }
}
