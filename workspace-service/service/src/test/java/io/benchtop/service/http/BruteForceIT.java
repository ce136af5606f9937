package io.benchtop.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.benchtop.service.TestingClient;
import io.benchtop.service.TestingService;
import io.benchtop.service.identity.Role;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** S48: guessing passwords. */
class BruteForceIT {

    @TempDir
    static Path data;

    private static TestingService service;

    @BeforeAll
    static void start() {
        service = TestingService.start(data);
        service.user("alice", Role.DEVELOPER);
        service.user("carol", Role.DEVELOPER);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void s48AThousandGuessesFromOneAddressAreStopped() {
        // When
        Map<Integer, Integer> answers = new TreeMap<>();
        for (int i = 0; i < 1000; i++) {
            answers.merge(guess("user" + i, "203.0.113.1").statusCode(), 1, Integer::sum);
        }

        // Then
        assertThat(answers).containsExactly(Map.entry(401, 30), Map.entry(429, 970));
    }

    @Test
    void s48OneNameFromAThousandAddressesIsStopped() {
        // When
        Map<Integer, Integer> answers = new TreeMap<>();
        for (int i = 0; i < 1000; i++) {
            answers.merge(guess("alice", "198.51." + i / 250 + "." + i % 250).statusCode(), 1, Integer::sum);
        }
        HttpResponse<String> last = guess("alice", "198.51.100.200");

        // Then
        assertThat(answers).containsExactly(Map.entry(401, 10), Map.entry(429, 990));
        assertThat(last.headers().firstValueAsLong("Retry-After").orElse(0)).isBetween(1L, 301L);
        assertThat(last.body()).contains("too_many_attempts", "Wait");
        assertThat(service.anonymous()
                        .from("203.0.113.77")
                        .post("/api/v1/login", "{\"name\":\"carol\",\"password\":\"password of carol\"}")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void s48NoAnswerTellsWhichNamesExist() {
        // When
        HttpResponse<String> known = guess("carol", "203.0.113.5");
        HttpResponse<String> unknown = guess("nobody", "203.0.113.5");
        HttpResponse<String> impossible = guess("No Body", "203.0.113.5");

        // Then
        assertThat(unknown.statusCode()).isEqualTo(401);
        assertThat(unknown.body()).isEqualTo(known.body());
        assertThat(impossible.body()).isEqualTo(known.body());
        assertThat(unknown.headers().map().keySet())
                .isEqualTo(known.headers().map().keySet());
    }

    private static HttpResponse<String> guess(String name, String address) {
        TestingClient guesser = service.anonymous().from(address);
        return guesser.post("/api/v1/login", "{\"name\":\"" + name + "\",\"password\":\"guess\"}");
    }
}
