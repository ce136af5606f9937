package io.benchtop.service.identity.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SigningKeyTest {

    @TempDir
    Path folder;

    @Test
    void isMadeOnceAndReadAgain() throws Exception {
        // Given
        Path file = folder.resolve("config/signing.key");

        // When
        SigningKey made = SigningKey.at(file);
        SigningKey read = SigningKey.at(file);

        // Then
        assertThat(read.publicBytes()).isEqualTo(made.publicBytes()).hasSize(32);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(folder.resolve("config").toFile().list()).containsExactly("signing.key");
    }

    @Test
    void thoseWhoStartAtOnceAgreeOnOneKey() throws Exception {
        // Given
        Path file = folder.resolve("signing.key");
        Set<String> seen = ConcurrentHashMap.newKeySet();

        // When
        try (var executor = Executors.newFixedThreadPool(8)) {
            for (int i = 0; i < 16; i++) {
                executor.submit(() -> seen.add(
                        java.util.HexFormat.of().formatHex(SigningKey.at(file).publicBytes())));
            }
        }

        // Then
        assertThat(seen).hasSize(1);
    }

    @Test
    void aBrokenFileStopsTheStartWithASentence() throws Exception {
        // Given
        Path file = folder.resolve("signing.key");
        Files.writeString(file, "rubbish");

        // Then
        assertThatThrownBy(() -> SigningKey.at(file)).hasMessageContaining("delete it and start again");
    }

    @Test
    void aKeyThatAnotherProgramMadeIsTakenAndLeftAlone() throws Exception {
        // Given: what Helm's genPrivateKey writes
        Path file = folder.resolve("signing.key");
        Files.writeString(file, """
                -----BEGIN PRIVATE KEY-----
                MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC
                -----END PRIVATE KEY-----
                """);

        // When
        SigningKey key = SigningKey.givenAs(file);

        // Then: the pair of RFC 8410, section 10.3
        assertThat(key.publicBytes())
                .isEqualTo(java.util.HexFormat.of()
                        .parseHex("19bf44096984cdfe8541bac167dc3b96c85086aa30b6b6cb0c5c38ad703166e1"));
        assertThat(folder.toFile().list()).containsExactly("signing.key");
    }

    @Test
    void aGivenKeyThatIsMissingIsNotMade() {
        // Given
        Path file = folder.resolve("signing.key");

        // Then
        assertThatThrownBy(() -> SigningKey.givenAs(file))
                .hasMessageContaining("BENCHTOP_SIGNING_KEY_FILE")
                .hasMessageContaining("openssl genpkey");
        assertThat(file).doesNotExist();
    }
}
