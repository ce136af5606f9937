package io.benchtop.service.identity.oidc;

import static java.util.stream.Collectors.joining;

import io.benchtop.service.TestingService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A person's browser as far as signing in needs one: keeps cookies, follows redirects from site to site, fills in forms. It
 * finds Benchtop's public address at the service of the test.
 */
final class TestingBrowser {

    private static final Pattern FORM = Pattern.compile("(?s)<form[^>]*\\saction=\"([^\"]+)\"[^>]*>(.*?)</form>");
    private static final Pattern HIDDEN = Pattern.compile("type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\"");
    private static final Pattern COOKIE = Pattern.compile("(?i)^([^=]+)=([^;]*);.*?\\bpath=([^;]+)");
    private static final int MAX_REDIRECTS = 12;

    /** Where the browser is, and what it shows there. */
    record Page(URI address, int status, String html) {}

    /** One host, whatever the port, as browsers do. */
    private record Cookie(String name, String path) {}

    private final URI service;
    private final Map<Cookie, String> cookies = new LinkedHashMap<>();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** @param service where Benchtop really listens */
    TestingBrowser(URI service) {
        this.service = service;
    }

    /** Goes there and on until there is a page. */
    Page open(String address) {
        return follow(URI.create(TestingService.PUBLIC_URL).resolve(address), _ -> false);
    }

    /** The same, but stops before it would go to an address that begins so. */
    Page openUpTo(String address, String prefix) {
        return follow(
                URI.create(TestingService.PUBLIC_URL).resolve(address),
                next -> next.toString().startsWith(prefix));
    }

    /** Sends the page's form that goes to an address with this in it, with its hidden fields and these. */
    Page submit(Page page, String action, Map<String, String> fields) {
        return submitUpTo(page, action, fields, "never:");
    }

    Page submitUpTo(Page page, String action, Map<String, String> fields, String prefix) {
        Matcher form = FORM.matcher(page.html());
        while (form.find()) {
            if (form.group(1).contains(action)) {
                Map<String, String> all = new LinkedHashMap<>();
                HIDDEN.matcher(form.group(2)).results().forEach(hidden -> all.put(hidden.group(1), hidden.group(2)));
                all.putAll(fields);
                HttpResponse<String> answer =
                        send(HttpRequest.newBuilder(real(page.address().resolve(form.group(1))))
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .header("Origin", origin(page.address()))
                                .POST(BodyPublishers.ofString(Query.encode(all))));
                return next(
                        page.address(), answer, address -> address.toString().startsWith(prefix), MAX_REDIRECTS);
            }
        }
        throw new AssertionError("no form goes to " + action + " in " + page);
    }

    private Page follow(URI address, Predicate<URI> stop) {
        return next(address, get(address), stop, MAX_REDIRECTS);
    }

    private Page next(URI address, HttpResponse<String> answer, Predicate<URI> stop, int redirects) {
        if (answer.statusCode() / 100 != 3) {
            return new Page(address, answer.statusCode(), answer.body());
        }
        URI location = address.resolve(answer.headers().firstValue("Location").orElseThrow());
        if (stop.test(location)) {
            return new Page(location, 0, "");
        }
        if (redirects == 0) {
            throw new AssertionError("redirected in circles, last to " + location);
        }
        return next(location, get(location), stop, redirects - 1);
    }

    private HttpResponse<String> get(URI address) {
        return send(HttpRequest.newBuilder(real(address))
                .header("Accept", "text/html")
                .header("Sec-Fetch-Site", "cross-site")
                .header("Sec-Fetch-Mode", "navigate")
                .header("Sec-Fetch-Dest", "document"));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        String path = request.copy().build().uri().getPath();
        String shown = cookies.entrySet().stream()
                .filter(cookie -> path.startsWith(cookie.getKey().path()))
                .map(cookie -> cookie.getKey().name() + "=" + cookie.getValue())
                .collect(joining("; "));
        if (!shown.isEmpty()) {
            request.header("Cookie", shown);
        }
        try {
            HttpResponse<String> answer =
                    http.send(request.timeout(Duration.ofSeconds(20)).build(), BodyHandlers.ofString());
            answer.headers().allValues("Set-Cookie").forEach(this::keep);
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void keep(String line) {
        Matcher cookie = COOKIE.matcher(line);
        if (!cookie.find()) {
            throw new AssertionError("not a cookie: " + line);
        }
        Cookie key = new Cookie(cookie.group(1), cookie.group(3));
        if (cookie.group(2).isEmpty()) {
            cookies.remove(key);
        } else {
            cookies.put(key, cookie.group(2));
        }
    }

    private URI real(URI address) {
        String text = address.toString();
        return text.startsWith(TestingService.PUBLIC_URL)
                ? URI.create(service + text.substring(TestingService.PUBLIC_URL.length()))
                : address;
    }

    private static String origin(URI address) {
        return address.getScheme() + "://" + address.getRawAuthority();
    }
}
