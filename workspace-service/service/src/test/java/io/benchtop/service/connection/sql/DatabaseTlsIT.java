package io.benchtop.service.connection.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.benchtop.service.TestingCertificate;
import io.benchtop.service.TestingDatabases;
import io.benchtop.service.TestingMariaDb;
import io.benchtop.service.connection.ConnectionSettings.Database;
import io.benchtop.service.connection.ConnectionSettings.DatabaseKind;
import io.benchtop.service.connection.ConnectionSettings.Tls;
import io.benchtop.service.connection.NetworkPolicy;
import io.benchtop.service.connection.SampleConnection;
import io.benchtop.service.connection.Secret;
import io.benchtop.service.connection.TableSource;
import io.benchtop.service.problem.ErrorCode;
import io.benchtop.service.problem.ProblemException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Encrypted connections to real databases: whom they trust, and what is said where they do not. */
class DatabaseTlsIT {

    @TempDir
    static Path folder;

    private static TestingCertificate certificate;
    private static Map<DatabaseKind, Database> encrypted;
    private static Map<DatabaseKind, Database> plain;

    @BeforeAll
    static void start() throws Exception {
        certificate = TestingCertificate.make(folder);
        TestingMariaDb mariaDb = TestingMariaDb.encrypted(certificate);
        encrypted = Map.of(
                DatabaseKind.POSTGRESQL,
                database(
                        DatabaseKind.POSTGRESQL,
                        TestingDatabases.encryptedPostgres(certificate),
                        "postgres",
                        "benchtop"),
                DatabaseKind.MARIADB,
                database(DatabaseKind.MARIADB, mariaDb.port(), mariaDb.freshDatabase(), TestingMariaDb.USER));
        URI url = URI.create(TestingDatabases.postgresProperties()
                .get("benchtop.database-url")
                .toString()
                .substring("jdbc:".length()));
        plain = Map.of(
                DatabaseKind.POSTGRESQL,
                database(DatabaseKind.POSTGRESQL, url.getPort(), url.getPath().substring(1), "benchtop"));
    }

    private static Database database(DatabaseKind kind, int port, String name, String user) {
        return SampleConnection.database(kind, "localhost", port, name, user);
    }

    private static Database with(Database database, String host, Tls tls) {
        return new Database(database.databaseKind(), host, database.port(), database.database(), database.user(), tls);
    }

    static TableSource source(Database database) {
        return new SqlSources(NetworkPolicy.of("127.0.0.0/8,::1/128"))
                .open(SampleConnection.of("shop", database), database, new Secret(TestingMariaDb.PASSWORD));
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void whoeverAnswersWillDoWhereThatIsAskedFor(DatabaseKind kind) {
        Database database = encrypted.get(kind);
        assertThatCode(() -> source(with(database, "localhost", Tls.REQUIRE)).test())
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void aCertificateThatNobodyVouchesForIsRefused(DatabaseKind kind) {
        Database database = encrypted.get(kind);
        assertRefused(with(database, "localhost", Tls.VERIFY));
    }

    @ParameterizedTest
    @EnumSource(value = DatabaseKind.class, names = "POSTGRESQL")
    void aServerWithoutEncryptionIsRefusedWhereItIsAskedFor(DatabaseKind kind) {
        Database database = plain.get(kind);
        assertRefused(with(database, "localhost", Tls.REQUIRE));
        assertRefused(with(database, "localhost", Tls.VERIFY));
    }

    private static void assertRefused(Database database) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> source(database).test())
                .withMessageContaining("(TLS) fails. Check")
                .satisfies(problem -> assertThat(problem.code()).isEqualTo(ErrorCode.CONNECTION_FAILED));
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void aCertificateThatIsTrustedIsTakenForItsOwnNameOnly(DatabaseKind kind) throws Exception {
        // Given a JVM of its own, since whom one trusts is decided once
        Database database = encrypted.get(kind);

        // Then
        assertThat(asked(with(database, "localhost", Tls.VERIFY))).isEqualTo("answers");
        assertThat(asked(with(database, "127.0.0.1", Tls.VERIFY))).contains("(TLS) fails. Check");
    }

    private static String asked(Database database) throws Exception {
        Path trusted = certificate.trust(folder);
        Process asking = new ProcessBuilder(Stream.of(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-Djavax.net.ssl.trustStore=" + trusted,
                                "-Djavax.net.ssl.trustStorePassword=" + TestingCertificate.PASSWORD,
                                "-cp",
                                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                                Asking.class.getName(),
                                database.databaseKind().name(),
                                database.host(),
                                Integer.toString(database.port()),
                                database.database(),
                                database.user())
                        .toList())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String told = new String(asking.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(asking.waitFor()).as(told).isZero();
        return told.lines().reduce((_, last) -> last).orElse("");
    }

    /** Asks one database and says what it was told. */
    static final class Asking {

        private Asking() {}

        public static void main(String[] arguments) throws IOException {
            Database database = new Database(
                    DatabaseKind.valueOf(arguments[0]),
                    arguments[1],
                    Integer.parseInt(arguments[2]),
                    arguments[3],
                    arguments[4],
                    Tls.VERIFY);
            try {
                source(database).test();
                System.out.println("answers");
            } catch (ProblemException e) {
                System.out.println(e.getMessage());
            }
        }
    }
}
