package io.benchtop.service.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.benchtop.service.connection.ConnectionSettings.DatabaseKind;
import io.benchtop.service.problem.ErrorCode;
import io.benchtop.service.problem.ProblemException;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionSettingsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "shop?socketFactory=x",
                "shop&allowLoadLocalInfile=true",
                "shop;INIT=RUNSCRIPT FROM 'http://c'",
                "shop\nx",
                "shop/other",
                "shop%3fx",
                "h,other",
                "jdbc:h2:mem:",
                "",
                " ",
                "(a=b)",
                "\\evil",
                "shop#x"
            })
    void s31NoFieldOfADatabaseTakesWhatAnAddressGivesAMeaning(String attack) {
        for (DatabaseKind kind : DatabaseKind.values()) {
            assertRefused(() -> SampleConnection.database(kind, attack, 1, "shop", "reader"));
            assertRefused(() -> SampleConnection.database(kind, "h", 1, attack, "reader"));
            assertRefused(() -> SampleConnection.database(kind, "h", 1, "shop", attack));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "file:///etc/passwd",
                "gopher://c/",
                "jar:http://c!/",
                "ftp://c",
                "http://user@c",
                "http://c/path",
                "http://c?x",
                "http://c#x",
                "c:9000"
            })
    void s31AStoreIsAHostByHttp(String attack) {
        assertRefused(() -> SampleConnection.storage(URI.create(attack), ""));
    }

    @Test
    void aSecretIsSentOnlyWhereItWasGivenFor() {
        // Given
        ConnectionSettings shop = SampleConnection.database();
        ConnectionSettings store = SampleConnection.storage(URI.create("https://s3.example.org"), "a");

        // Then
        assertThat(shop.sendsSecretWhere(
                        SampleConnection.database(DatabaseKind.POSTGRESQL, "db.example.org", 5432, "other", "reader")))
                .isTrue();
        assertThat(shop.sendsSecretWhere(
                        SampleConnection.database(DatabaseKind.POSTGRESQL, "evil.example.org", 5432, "shop", "reader")))
                .isFalse();
        assertThat(shop.sendsSecretWhere(
                        SampleConnection.database(DatabaseKind.POSTGRESQL, "db.example.org", 5433, "shop", "reader")))
                .isFalse();
        assertThat(store.sendsSecretWhere(SampleConnection.storage(URI.create("https://s3.example.org"), "b")))
                .isTrue();
        assertThat(store.sendsSecretWhere(SampleConnection.storage(URI.create("https://evil.example.org"), "a")))
                .isFalse();
        assertThat(shop.sendsSecretWhere(store)).isFalse();
    }

    private static void assertRefused(Runnable making) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(making::run)
                .satisfies(problem -> assertThat(problem.code()).isEqualTo(ErrorCode.INVALID_FIELD));
    }
}
