package io.benchtop.proxy.relay;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.benchtop.proxy.serving.Denial;
import java.util.Locale;

/**
 * An answer that the proxy gives itself. Its sentences are constants: nothing that was sent is ever repeated in them,
 * so there is nothing to escape.
 *
 * @param extra further header lines, each with its line break
 * @param inference whether it is told in the form of the Open Inference Protocol
 */
record Refusal(int status, String code, String title, String detail, String extra, boolean inference) {

    static final Refusal MISDIRECTED = of(
            421,
            "host_not_allowed",
            "This address is not served here",
            "The Host of the request is not a name of this Benchtop; add it to BENCHTOP_ALLOWED_HOSTS if it should"
                    + " be.");
    static final Refusal NOT_FOUND = of(
            404,
            "not_found",
            "Nothing here",
            "There is no such page or workspace, or it belongs to somebody else; look at your workspaces on the"
                    + " dashboard.");
    static final Refusal METHOD_NOT_ALLOWED =
            of(405, "method_not_allowed", "Method not allowed", "CONNECT and TRACE are not served.");
    static final Refusal SIGN_IN = new Refusal(
            401,
            "not_signed_in",
            "Not signed in",
            "Sign in at /login, or send an API token that has not expired as \"Authorization: Bearer ...\".",
            "WWW-Authenticate: Bearer realm=\"benchtop\"\r\n");
    static final Refusal THROTTLED = new Refusal(
            429,
            "too_many_attempts",
            "Too many attempts",
            "Too many invalid sessions came from this address; wait a few seconds and sign in again.",
            "Retry-After: 5\r\n");
    static final Refusal TOO_MANY_CONNECTIONS = new Refusal(
            429,
            "too_many_connections",
            "Too many connections",
            "Too many connections are open from this address; close some of them, or raise"
                    + " BENCHTOP_PROXY_CONNECTIONS_PER_ADDRESS.",
            "Retry-After: 5\r\n");
    static final Refusal CANNOT_CHECK = new Refusal(
            503,
            "credential_not_checked",
            "Cannot check who you are",
            "The credential could not be checked just now, because Benchtop is starting or busy; try again in a"
                    + " moment.",
            "Retry-After: 1\r\n");
    static final Refusal NO_ROUTES = new Refusal(
            503,
            "routes_not_loaded",
            "Benchtop is starting",
            "The proxy does not know the workspaces yet; try again in a moment.",
            "Retry-After: 1\r\n");
    static final Refusal NOT_RUNNING = new Refusal(
            503,
            "workspace_not_running",
            "The workspace is not running",
            "This workspace's server is not running; start it from the dashboard or with \"benchtop ws start\".",
            "Retry-After: 5\r\n");
    /** 503, by which JupyterLab offers to restart the server; a page looks again until its route says what is wrong. */
    static final Refusal SERVER_UNREACHABLE = new Refusal(
            503,
            "server_unreachable",
            "The workspace's server cannot be reached",
            "No connection to the workspace's server came about; if it does not come back, stop and start the"
                    + " workspace.",
            "Retry-After: 3\r\nRefresh: 3\r\n");

    static final Refusal SERVER_BROKE_OFF = of(
            502,
            "server_broke_off",
            "The workspace's server does not answer",
            "The workspace's server ended the connection without an answer; try again, and if that does not help, stop"
                    + " and start the workspace.");
    static final Refusal BAD_ANSWER = of(
            502,
            "bad_answer",
            "The workspace's server answered wrongly",
            "What came back from the server is not a valid HTTP answer; see the workspace's log.");
    static final Refusal SERVICE_AWAY = new Refusal(
            503,
            "service_unavailable",
            "Benchtop is restarting",
            "The workspace service does not answer just now; running workspaces keep working. Try again in a moment.",
            "Retry-After: 2\r\nRefresh: 2\r\n");
    static final Refusal TIMED_OUT =
            of(408, "request_timeout", "Request timeout", "The request did not arrive in time; send it again.");
    static final Refusal HEAD_TOO_LARGE = of(
            431,
            "headers_too_large",
            "Headers too large",
            "The request's headers are larger than 32 KB; delete the cookies of this site and try again.");

    private Refusal(int status, String code, String title, String detail, String extra) {
        this(status, code, title, detail, extra, false);
    }

    private static Refusal of(int status, String code, String title, String detail) {
        return new Refusal(status, code, title, detail, "");
    }

    static Refusal badRequest(String sentence) {
        return of(400, "bad_request", "Bad request", sentence);
    }

    static Refusal foreign(String sentence) {
        return of(403, "foreign_origin", "Not from this site", sentence);
    }

    static Refusal redirect(String location) {
        return new Refusal(303, "see_other", "See other", "", "Location: " + location + "\r\n");
    }

    /**
     * A call of an endpoint that is answered here.
     *
     * @param retryAfterSeconds when to try again; 0 if that makes no sense
     * @param lines further header lines, each with its line break
     */
    static Refusal inference(Denial denial, int retryAfterSeconds, String lines) {
        String retry = retryAfterSeconds > 0 ? "Retry-After: " + retryAfterSeconds + "\r\n" : "";
        String challenge = denial.status() == 401 ? SIGN_IN.extra() : "";
        String code = "endpoint_" + denial.name().toLowerCase(Locale.ROOT);
        return new Refusal(denial.status(), code, "Refused", denial.sentence(), retry + challenge + lines, true);
    }

    /** The same in the form that callers of endpoints read. */
    Refusal toCallers() {
        return new Refusal(status, code, title, detail, extra, true);
    }

    /** The whole answer as bytes. */
    byte[] bytes(boolean forPeople, boolean withoutBody, boolean close) {
        boolean html = forPeople && !inference;
        String body = status == 303 ? "" : inference ? error() : html ? page() : problem();
        String head = "HTTP/1.1 " + status + " " + title + "\r\n"
                + "Content-Type: "
                + (inference ? "application/json" : html ? "text/html; charset=utf-8" : "application/problem+json")
                + "\r\n"
                + "Content-Length: " + body.length() + "\r\n"
                + "Cache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\n"
                + "Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'\r\n"
                + extra + (close ? "Connection: close\r\n" : "") + "\r\n";
        return (withoutBody ? head : head + body).getBytes(ISO_8859_1);
    }

    private String error() {
        return "{\"error\":\"" + detail.replace("\"", "\\\"") + "\"}";
    }

    private String problem() {
        return "{\"type\":\"about:blank\",\"title\":\"" + title + "\",\"status\":" + status + ",\"code\":\"" + code
                + "\",\"detail\":\"" + detail.replace("\"", "\\\"") + "\"}";
    }

    private String page() {
        return "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>" + title + "</title>"
                + "<style>:root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;max-width:36rem;"
                + "margin:20vh auto;padding:0 1rem}</style><h1>" + title + "</h1><p>"
                + detail.replace("\"", "&quot;") + "</p><p><a href=\"/\">To the dashboard</a></p>";
    }
}
