package io.benchtop.proxy;

import static io.benchtop.proxy.TestingProxy.ORIGIN;
import static io.benchtop.proxy.TestingProxy.PREFIX;
import static io.benchtop.proxy.TestingProxy.cookie;
import static io.benchtop.proxy.TestingProxy.ok;
import static io.benchtop.proxy.TestingProxy.request;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.benchtop.api.routing.RouteState;
import io.benchtop.proxy.testing.Wire;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How HTTP passes: the table of cases of PROXY.md §8 that concern requests and answers. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HttpCasesIT {

    private static final String API = PREFIX + "api";
    private static final String OWN_ORIGIN = "Origin: " + ORIGIN + "\r\n";

    private TestingProxy proxy;

    @BeforeAll
    void start() {
        proxy = new TestingProxy();
    }

    @AfterAll
    void stop() {
        proxy.close();
    }

    private String get(String... lines) {
        return request("GET", API, proxy.alice(), String.join("", lines));
    }

    private String post(String... lines) {
        return request("POST", API, proxy.alice(), OWN_ORIGIN, String.join("", lines));
    }

    @Test
    void headersPassInOrderAndUntouched() {
        // When
        String[] both = proxy.roundTrip(
                proxy.server,
                get("X-One: a,b\r\nx-TWO:  c\t\r\nX-One: d\r\nX-Bytes: \u00e4\r\nAccept: */*\r\n"),
                "HTTP/1.1 200 Fine and good\r\nX-A: 1\r\nContent-Length: 2\r\nx-b:2\r\nX-A: 3\r\n\r\nhi");

        // Then
        assertThat(both[0])
                .contains("X-One: a,b\r\nx-TWO:  c\t\r\nX-One: d\r\nX-Bytes: \u00e4\r\nAccept: */*\r\n")
                .contains("Host: " + TestingProxy.HOST + "\r\n");
        assertThat(both[1])
                .isEqualTo("HTTP/1.1 200 Fine and good\r\nX-A: 1\r\nContent-Length: 2\r\nx-b:2\r\nX-A: 3\r\n\r\nhi");
    }

    @Test
    void aConnectionServesOneRequestAfterAnotherOnOneUpstreamConnection() {
        // Given
        try (Wire client = proxy.client()) {
            Wire server = null;
            for (int i = 0; i < 5; i++) {
                // When
                client.send(get());
                server = server == null ? proxy.server.next() : server;
                server.head();
                server.send(ok("answer " + i));

                // Then
                assertThat(client.message()).endsWith("answer " + i);
            }
            proxy.retire(server);
        }
    }

    @Test
    void pipelinedRequestsAreAnsweredInOrder() {
        // Given
        try (Wire client = proxy.client()) {
            // When
            client.send(get() + request("GET", "/internal/x") + get() + get());
            Wire server = proxy.server.next();

            // Then
            server.head();
            server.send(ok("first"));
            assertThat(client.message()).endsWith("first");
            assertThat(client.message()).startsWith("HTTP/1.1 404");
            server.head();
            server.send(ok("second"));
            assertThat(client.message()).endsWith("second");
            server.head();
            server.send(ok("third"));
            assertThat(client.message()).endsWith("third");
            proxy.retire(server);
        }
    }

    @Test
    void aBodyOfKnownLengthPassesBothWays() {
        // Given
        String body = "x".repeat(300_000);

        // When
        String[] both = proxy.roundTrip(
                proxy.server, post("Content-Length: " + body.length() + "\r\n") + body, ok("y".repeat(300_000)));

        // Then
        assertThat(both[0]).endsWith("\r\n\r\n" + body);
        assertThat(both[1]).endsWith("\r\n\r\n" + "y".repeat(300_000));
    }

    @Test
    void chunksAndTrailersPassBothWaysByteForByte() {
        // Given
        String chunks = "5\r\nhello\r\n00A\r\n0123456789\r\n0\r\nX-Checksum: abc\r\n\r\n";

        // When
        String[] both = proxy.roundTrip(
                proxy.server,
                post("Transfer-Encoding: chunked\r\n") + chunks,
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks);

        // Then
        assertThat(both[0]).endsWith("\r\n\r\n" + chunks);
        assertThat(both[1]).endsWith("\r\n\r\n" + chunks);
    }

    @Test
    void anAnswerThatEndsByClosingEndsTheClientsConnectionToo() {
        // Given
        try (Wire client = proxy.client()) {
            client.send(get());
            Wire server = proxy.server.next();
            server.head();

            // When
            server.send("HTTP/1.1 200 OK\r\n\r\nuntil the end").close();

            // Then
            assertThat(client.rest()).contains("Connection: close\r\n").endsWith("\r\n\r\nuntil the end");
        }
    }

    @Test
    void anAnswerThatEndsByClosingButIsResetIsNotMistakenForWhole() {
        // Given
        try (Wire client = proxy.client()) {
            client.send(get());
            Wire server = proxy.server.next();
            server.head();
            server.send("HTTP/1.1 200 OK\r\n\r\nhalf");
            client.head();
            client.text(4);

            // When
            server.reset();

            // Then
            assertThat(client.isReset()).isTrue();
        }
    }

    @Test
    void headAndNoContentAndNotModifiedHaveNoBodyAndKeepTheConnection() {
        // Given
        try (Wire client = proxy.client()) {
            client.send(request("HEAD", API, proxy.alice()));
            Wire server = proxy.server.next();
            server.head();
            server.send("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n");
            assertThat(client.message(true)).contains("Content-Length: 1000");

            client.send(get());
            server.head();
            server.send("HTTP/1.1 204 No Content\r\n\r\n");
            assertThat(client.message()).startsWith("HTTP/1.1 204");

            client.send(get());
            server.head();
            server.send("HTTP/1.1 304 Not Modified\r\nContent-Length: 77\r\nETag: \"x\"\r\n\r\n");
            assertThat(client.message()).startsWith("HTTP/1.1 304");

            client.send(request("HEAD", API, proxy.alice()));
            server.head();
            server.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
            assertThat(client.message(true)).contains("Transfer-Encoding: chunked");

            client.send(get());
            server.head();
            server.send(ok("still here"));
            assertThat(client.message()).endsWith("still here");
            proxy.retire(server);
        }
    }

    @Test
    void interimAnswersPassAndTheBodyFollowsAHundredContinue() {
        // Given
        try (Wire client = proxy.client()) {
            client.send(post("Content-Length: 4\r\nExpect: 100-continue\r\n"));
            Wire server = proxy.server.next();
            assertThat(server.head()).contains("Expect: 100-continue");

            // When
            server.send("HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n");

            // Then
            assertThat(client.head()).startsWith("HTTP/1.1 103").contains("Link: </x>");
            assertThat(client.head()).startsWith("HTTP/1.1 100");
            client.send("body");
            assertThat(server.text(4)).isEqualTo("body");
            server.send(ok("done"));
            assertThat(client.message()).endsWith("done");
            proxy.retire(server);
        }
    }

    @Test
    void anEarlyRefusalReachesAClientThatIsStillSendingAndPoolsNothing() {
        // Given
        int before = proxy.server.connections.get();
        try (Wire client = proxy.client()) {
            client.send(post("Content-Length: 100000\r\n") + "x".repeat(10_000));
            Wire server = proxy.server.next();
            server.head();

            // When
            server.send("HTTP/1.1 413 Too Large\r\nContent-Length: 3\r\n\r\nbig");

            // Then
            assertThat(client.message())
                    .startsWith("HTTP/1.1 413")
                    .contains("Connection: close")
                    .endsWith("big");
            client.send("x".repeat(1000));
            assertThat(client.isEnded()).isTrue();
            assertThat(server.isEnded()).isTrue();
        }
        assertThat(proxy.roundTrip(proxy.server, get(), ok("new"))[1]).endsWith("new");
        assertThat(proxy.server.connections.get()).isEqualTo(before + 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 100\r\n\r\nhalf", "Transfer-Encoding: chunked\r\n\r\n64\r\nhalf"})
    void anUpstreamThatBreaksOffBreaksTheClientToo(String answer) {
        for (boolean reset : new boolean[] {false, true}) {
            // Given
            try (Wire client = proxy.client()) {
                client.send(get());
                Wire server = proxy.server.next();
                server.head();
                server.send("HTTP/1.1 200 OK\r\n" + answer);
                client.head();

                // When
                if (reset) {
                    server.reset();
                } else {
                    server.close();
                }

                // Then
                assertThat(client.isReset()).isTrue();
            }
        }
    }

    @Test
    void aClientThatLeavesIsNoticedUpstreamBeforeDuringAndWhileUploading() {
        // Given
        Wire waiting = proxy.client().send(get());
        Wire noAnswerYet = proxy.server.next();
        noAnswerYet.head();
        Wire downloading = proxy.client().send(get());
        Wire answering = proxy.server.next();
        answering.head();
        answering.send("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nhalf");
        downloading.head();
        Wire uploading = proxy.client().send(post("Content-Length: 1000\r\n") + "half");
        Wire receiving = proxy.server.next();
        receiving.head();

        // When
        waiting.close();
        downloading.close();
        uploading.close();

        // Then
        assertThat(noAnswerYet.isEnded()).isTrue();
        assertThat(answering.isEnded()).isTrue();
        assertThat(receiving.isEnded()).isTrue();
    }

    @Test
    void aKeptConnectionThatJustDiedIsReplacedUnseen() {
        // Given
        try (Wire client = proxy.client()) {
            client.send(get());
            Wire first = proxy.server.next();
            first.head();
            first.send(ok("one"));
            client.message();

            // When
            client.send(get());
            first.head();
            first.close();

            // Then
            Wire second = proxy.server.next();
            second.head();
            second.send(ok("two"));
            assertThat(client.message()).endsWith("two");
            proxy.retire(second);
        }
    }

    @Test
    void aChangeIsNotSentTwiceWhenItsConnectionDies() {
        // Given
        try (Wire client = proxy.client()) {
            client.send(get());
            Wire first = proxy.server.next();
            first.head();
            first.send(ok("one"));
            client.message();
            int before = proxy.server.connections.get();

            // When
            client.send(post("Content-Length: 2\r\n") + "hi");
            first.message();
            first.close();

            // Then
            assertThat(client.message()).startsWith("HTTP/1.1 502").contains("server_broke_off");
            assertThat(proxy.server.connections.get()).isEqualTo(before);
        }
    }

    @Test
    void anUpstreamThatIsNotThereIsUnavailable() {
        // Given
        proxy.control.put(TestingProxy.running("http://127.0.0.1:1", 77));

        // When / Then
        await().untilAsserted(() -> assertThat(proxy.refused(get()))
                .startsWith("HTTP/1.1 503")
                .contains("\"code\":\"server_unreachable\""));
        proxy.control.put(TestingProxy.running(proxy.server.url(), 78));
        await().untilAsserted(() -> assertThat(proxy.routeGeneration()).isEqualTo(78));
    }

    @Test
    void aSlowReaderHoldsTheServerBackInsteadOfFillingMemory() throws Exception {
        // Given
        try (Wire client = proxy.client()) {
            client.send(get());
            Wire server = proxy.server.next();
            server.head();
            server.send("HTTP/1.1 200 OK\r\nContent-Length: 209715200\r\n\r\n");

            // When
            long sent = server.sendUntilBlocked(209_715_200);

            // Then
            assertThat(sent).isLessThan(100_000_000);
            assertThat(client.head()).startsWith("HTTP/1.1 200");
            assertThat(client.skip(sent)).isEqualTo(sent);
        }
    }

    @Test
    void aSlowServerHoldsTheClientBackInsteadOfFillingMemory() throws Exception {
        // Given
        try (Wire client = proxy.client()) {
            client.send(post("Content-Length: 209715200\r\n"));
            Wire server = proxy.server.next();

            // When
            long sent = client.sendUntilBlocked(209_715_200);

            // Then
            assertThat(sent).isLessThan(100_000_000);
            server.head();
            assertThat(server.skip(sent)).isEqualTo(sent);
        }
    }

    @Test
    void aClientOfHttpOneZeroIsServedAndLetGo() {
        // Given
        try (Wire client = proxy.client()) {
            client.send("GET " + API + " HTTP/1.0\r\nHost: " + TestingProxy.HOST + "\r\n" + proxy.alice() + "\r\n");
            Wire server = proxy.server.next();

            // When
            assertThat(server.head()).startsWith("GET " + API + " HTTP/1.0\r\n");
            server.send(ok("old"));

            // Then
            assertThat(client.rest())
                    .startsWith("HTTP/1.1 200")
                    .contains("Connection: close")
                    .endsWith("old");
        }
    }

    @Test
    void aClientThatWantsToCloseIsToldSoAndClosed() {
        // Given
        try (Wire client = proxy.client()) {
            client.send(get("Connection: close\r\n"));
            Wire server = proxy.server.next();
            server.head();

            // When
            server.send(ok("bye"));

            // Then
            assertThat(client.rest()).contains("Connection: close\r\n").endsWith("bye");
            proxy.retire(server);
        }
    }

    @Test
    void aRequestInSmallPiecesIsOneRequest() {
        // Given
        byte[] bytes = (post("Transfer-Encoding: chunked\r\n") + "3\r\nabc\r\n0\r\n\r\n").getBytes(ISO_8859_1);
        try (Wire client = proxy.client()) {
            // When
            for (int i = 0; i < bytes.length; i += 7) {
                client.send(Arrays.copyOfRange(bytes, i, Math.min(bytes.length, i + 7)));
            }
            Wire server = proxy.server.next();

            // Then
            assertThat(server.message()).endsWith("3\r\nabc\r\n0\r\n\r\n");
            server.send("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
            assertThat(client.message()).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void aPersonWithoutASessionIsSentToSignInAndAProgramIsToldSo() {
        assertThat(proxy.refused(request("GET", PREFIX + "lab/tree/a%20b?x=1", "Sec-Fetch-Mode: navigate\r\n")))
                .startsWith("HTTP/1.1 303")
                .contains("Location: /login?next=/user/alice/exp/lab/tree/a%2520b%3Fx%3D1\r\n");
        assertThat(proxy.refused(request("GET", API, "Accept: text/html\r\n"))).startsWith("HTTP/1.1 303");
        assertThat(proxy.refused(request("GET", API, "Accept: text/html\r\nSec-Fetch-Mode: cors\r\n")))
                .startsWith("HTTP/1.1 401")
                .contains("application/problem+json", "\"code\":\"not_signed_in\"");
    }

    @Test
    void somebodyElsesWorkspaceLooksLikeOneThatDoesNotExist() {
        // When
        String bob = cookie(proxy.session("bob", "developer", "http-bob"));
        String foreign = proxy.refused(request("GET", API, bob));
        String missing = proxy.refused(request("GET", "/user/alice/nothing/api", bob));

        // Then
        assertThat(foreign).startsWith("HTTP/1.1 404").isEqualTo(missing);
    }

    @Test
    void aWorkspaceWithoutItsLastSlashIsRedirected() {
        assertThat(proxy.refused(request("GET", "/user/alice/exp?x=1", proxy.alice(), "Accept: text/html\r\n")))
                .startsWith("HTTP/1.1 303")
                .contains("Location: /user/alice/exp/?x=1\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"STOPPED", "STARTING", "STOPPING", "FAILED"})
    void aWorkspaceThatDoesNotRunShowsItsStartPageToPeopleAndAProblemToPrograms(String state) {
        // Given
        proxy.control.put(TestingProxy.stopped(RouteState.valueOf(state), 80));

        // When / Then
        await().untilAsserted(() -> assertThat(proxy.refused(get()))
                .startsWith("HTTP/1.1 503")
                .contains("Retry-After: ", "\"code\":\"workspace_not_running\""));
        assertThat(proxy.refused(get("Sec-Fetch-Mode: navigate\r\n")))
                .startsWith("HTTP/1.1 303")
                .contains("Location: /workspaces/spawn/alice/exp?next=/user/alice/exp/api\r\n");
        proxy.control.put(TestingProxy.running(proxy.server.url(), 81));
        await().untilAsserted(() -> assertThat(proxy.routeGeneration()).isEqualTo(81));
    }

    @Test
    void aRetiredRouteNeverGetsAKeptConnectionOfTheOneBefore() {
        // Given
        try (Wire client = proxy.client()) {
            client.send(get());
            Wire first = proxy.server.next();
            first.head();
            first.send(ok("old"));
            client.message();

            // When
            proxy.control.put(TestingProxy.running(proxy.server.url(), 90));

            // Then
            assertThat(first.isEnded()).isTrue();
            client.send(get());
            Wire second = proxy.server.next();
            second.head();
            second.send("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 3\r\n\r\nnew");
            assertThat(client.message()).endsWith("new");
        }
    }
}
