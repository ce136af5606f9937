package io.benchtop.service.connection.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpServer;
import io.benchtop.service.Collector;
import io.benchtop.service.TestingStore;
import io.benchtop.service.connection.ConnectionSettings.ObjectStorage;
import io.benchtop.service.connection.FileSource;
import io.benchtop.service.connection.FileSource.SourceFile;
import io.benchtop.service.connection.FileSourceContract;
import io.benchtop.service.connection.NetworkPolicy;
import io.benchtop.service.connection.SampleConnection;
import io.benchtop.service.connection.Secret;
import io.benchtop.service.problem.ErrorCode;
import io.benchtop.service.problem.ProblemException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Buckets of a real store in this process. */
class BucketFileSourceIT extends FileSourceContract {

    private static final String SECRET = "the secret key";
    private static final AtomicInteger NUMBER = new AtomicInteger();

    @TempDir
    static Path folder;

    private static TestingStore store;
    private static URI endpoint;
    private static S3Sources sources;

    private final String prefix = "prefix" + NUMBER.incrementAndGet();

    @BeforeAll
    static void start() throws Exception {
        store = TestingStore.start(folder, SECRET);
        store.createBucket("sales");
        endpoint = URI.create("http://127.0.0.1:" + store.port());
        sources = new S3Sources(NetworkPolicy.of("127.0.0.0/8,::1"), Duration.ofSeconds(2));
    }

    @AfterAll
    static void stop() {
        sources.close();
        store.close();
    }

    @Override
    protected FileSource source() {
        return source(SampleConnection.storage(endpoint, prefix), SECRET);
    }

    private static FileSource source(ObjectStorage storage, String secret) {
        return sources.open(SampleConnection.of("store", storage), storage, new Secret(secret));
    }

    @Override
    protected void put(String path, String content) throws IOException {
        store.put("sales", prefix + "/" + path, content);
    }

    @Override
    protected void remove(String path) throws IOException {
        store.remove("sales", prefix + "/" + path);
    }

    @Test
    void anAddressReadsOneFileForAWhile() throws Exception {
        // Given
        put("f", "content");
        SourceFile file = source().list("f", 1).get(0);

        // When
        URI address = source().presigned(file, Duration.ofDays(7)).orElseThrow();
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
        HttpResponse<String> other = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(address.toString().replace("/f?", "/g?")))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());

        // Then
        assertThat(answer.body()).isEqualTo("content");
        assertThat(other.statusCode()).isEqualTo(403);
        assertThat(address.toString()).contains("X-Amz-Expires=900").doesNotContain(SECRET);
    }

    @Test
    void saysWhatIsWrong() throws IOException {
        ObjectStorage known = SampleConnection.storage(endpoint, prefix);
        source(known, SECRET).test();
        assertFails(known, "wrong", ErrorCode.CONNECTION_FAILED, "secret key is wrong");
        assertFails(
                new ObjectStorage(endpoint, "us-east-1", "nothing-here", "", true, TestingStore.KEY),
                SECRET,
                ErrorCode.CONNECTION_FAILED,
                "no such bucket");
        assertFails(
                SampleConnection.storage(URI.create("http://127.0.0.1:1"), ""),
                SECRET,
                ErrorCode.SOURCE_AWAY,
                "refuses the connection");
        assertFails(
                SampleConnection.storage(URI.create("http://no-such-host.invalid"), ""),
                SECRET,
                ErrorCode.SOURCE_AWAY,
                "host is unknown");
    }

    @Test
    void aStoreThatHangsIsGivenUp() throws IOException {
        try (Collector silent = new Collector()) {
            assertFails(
                    SampleConnection.storage(URI.create("http://127.0.0.1:" + silent.port()), ""),
                    SECRET,
                    ErrorCode.SOURCE_AWAY,
                    "took too long");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost", "0", "[::ffff:127.0.0.1]", "127.1", "2130706433"})
    void s32NoAddressOfThisMachineIsReached(String host) throws IOException {
        try (Collector collector = new Collector();
                S3Sources strict = new S3Sources(NetworkPolicy.of(""))) {
            // Then
            assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> {
                ObjectStorage storage =
                        SampleConnection.storage(URI.create("http://" + host + ":" + collector.port()), "");
                strict.open(SampleConnection.of("store", storage), storage, new Secret("x"))
                        .test();
            });
            assertThat(collector.hits()).isZero();
        }
    }

    @Test
    void s32NoRedirectIsFollowed() throws IOException {
        try (Collector collector = new Collector()) {
            // Given
            HttpServer redirecting = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
            redirecting.createContext("/", exchange -> {
                exchange.getResponseHeaders().add("Location", "http://127.0.0.1:" + collector.port() + "/");
                exchange.sendResponseHeaders(307, -1);
                exchange.close();
            });
            redirecting.start();

            // Then
            try {
                assertFails(
                        SampleConnection.storage(
                                URI.create("http://127.0.0.1:"
                                        + redirecting.getAddress().getPort()),
                                ""),
                        SECRET,
                        ErrorCode.CONNECTION_FAILED,
                        "sends us elsewhere");
            } finally {
                redirecting.stop(0);
            }
            assertThat(collector.hits()).isZero();
        }
    }

    private static void assertFails(ObjectStorage storage, String secret, ErrorCode code, String sentence) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> source(storage, secret).test())
                .withMessageContaining(sentence)
                .satisfies(problem -> assertThat(problem.code()).isEqualTo(code));
    }
}
