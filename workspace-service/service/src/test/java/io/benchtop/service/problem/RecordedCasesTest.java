package io.benchtop.service.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The SDKs are tested against recorded refusals; this holds the recordings to what the service says. */
class RecordedCasesTest {

    private static final Path CASES = Path.of("../../platform-sdk/cases");
    private static final Pattern PROBLEM =
            Pattern.compile("\"title\": \"([^\"]*)\",\\s*\"status\": (\\d+),\\s*\"code\": \"([a-z_]+)\"");

    /** Answered by the proxy while the service is away. */
    private static final List<String> OF_THE_PROXY = List.of("service_unavailable");

    @Test
    void everyRecordedRefusalIsOneThatTheServiceGives() throws IOException {
        // Given
        List<Recorded> recorded = recorded();

        // Then
        assertThat(recorded).isNotEmpty().allSatisfy(problem -> {
            ErrorCode code = ErrorCode.valueOf(problem.code().toUpperCase(Locale.ROOT));
            assertThat(problem).isEqualTo(new Recorded(code.title(), code.status(), code.code()));
        });
    }

    private static List<Recorded> recorded() throws IOException {
        try (Stream<Path> files = Files.list(CASES)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .map(RecordedCasesTest::text)
                    .flatMap(text -> PROBLEM.matcher(text).results())
                    .map(found -> new Recorded(found.group(1), Integer.parseInt(found.group(2)), found.group(3)))
                    .filter(problem -> !OF_THE_PROXY.contains(problem.code()))
                    .toList();
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Recorded(String title, int status, String code) {}
}
