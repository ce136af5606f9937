package io.benchtop.service.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.benchtop.service.MutableClock;
import io.benchtop.service.connection.ConnectionSettings.Database;
import io.benchtop.service.connection.ConnectionSettings.Folder;
import io.benchtop.service.connection.ConnectionSettings.ObjectStorage;
import io.benchtop.service.connection.SourceGuard.Patience;
import io.benchtop.service.problem.ErrorCode;
import io.benchtop.service.problem.ProblemException;
import io.benchtop.service.table.ReadableFile;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ConnectedSourcesTest {

    private static final SecretSeal SEAL = new SecretSeal(new byte[32]);

    private final FakeConnectionRepository connections = new FakeConnectionRepository();
    private final CountDownLatch inside = new CountDownLatch(SourceGuard.AT_ONCE);
    private final CountDownLatch end = new CountDownLatch(1);
    private final ConnectedSources sources = new ConnectedSources(
            connections,
            SEAL,
            new Opening(),
            new MutableClock(Instant.parse("2026-02-01T10:00:00Z")),
            new Patience(Duration.ofMillis(10), Duration.ofSeconds(30)));

    private void keep(String name, ConnectionSettings settings) {
        Connection connection = SampleConnection.of(name, settings);
        connections.insert(new KeptConnection(connection, SEAL.seal(connection.name(), new Secret("s"))));
    }

    @Test
    void oneThatHangsTakesItsShareAndOthersAreServed() throws Exception {
        // Given
        keep("hangs", SampleConnection.folder("/hangs"));
        keep("works", SampleConnection.folder("/works"));
        for (int call = 0; call < SourceGuard.AT_ONCE; call++) {
            Thread.ofVirtual().start(() -> {
                try {
                    sources.files("hangs").list("", 1);
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
        }
        assertThat(inside.await(10, TimeUnit.SECONDS)).isTrue();

        // Then
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> sources.files("hangs").list("", 1))
                .withMessageContaining("is busy")
                .satisfies(problem -> assertThat(problem.code()).isEqualTo(ErrorCode.SOURCE_AWAY));
        assertThat(sources.files("works").list("", 1)).isEmpty();
        end.countDown();
    }

    @Test
    void saysWhatAConnectionLeadsTo() {
        // Given
        keep("folder", SampleConnection.folder("/works"));
        keep("shop", SampleConnection.database());

        // Then
        assertCode(ErrorCode.BAD_REQUEST, () -> sources.tables("folder"));
        assertCode(ErrorCode.BAD_REQUEST, () -> sources.files("shop"));
        assertCode(ErrorCode.NOT_FOUND, () -> sources.files("nothing"));
        assertCode(ErrorCode.NOT_FOUND, () -> sources.tables("No Name!"));
    }

    @Test
    void aSecretOfAnotherKeyIsSaidToBeLost() {
        // Given
        Connection shop = SampleConnection.of("shop", SampleConnection.database());
        byte[] other = new byte[32];
        other[0] = 1;
        connections.insert(new KeptConnection(shop, new SecretSeal(other).seal(shop.name(), new Secret("s"))));

        // Then
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> sources.tables("shop"))
                .withMessageContaining("Give it again");
    }

    private static void assertCode(ErrorCode code, org.assertj.core.api.ThrowableAssert.ThrowingCallable asking) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(asking)
                .satisfies(problem -> assertThat(problem.code()).isEqualTo(code));
    }

    private final class Opening implements SourceOpening {

        @Override
        public FileSource open(Connection connection, ObjectStorage storage, Secret secret) {
            throw new AssertionError("not asked for");
        }

        @Override
        public FileSource open(Connection connection, Folder folder) {
            return new Source(folder.path().equals("/hangs"));
        }

        @Override
        public TableSource open(Connection connection, Database database, Secret secret) {
            throw new AssertionError("not asked for");
        }
    }

    private final class Source implements FileSource {

        private final boolean hangs;

        Source(boolean hangs) {
            this.hangs = hangs;
        }

        @Override
        public void test() {}

        @Override
        public List<SourceFile> list(String path, int most) throws IOException {
            if (hangs) {
                inside.countDown();
                try {
                    end.await();
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
            }
            return List.of();
        }

        @Override
        public ReadableFile open(SourceFile file) {
            throw new AssertionError("not asked for");
        }

        @Override
        public Optional<URI> presigned(SourceFile file, Duration life) {
            return Optional.empty();
        }
    }
}
