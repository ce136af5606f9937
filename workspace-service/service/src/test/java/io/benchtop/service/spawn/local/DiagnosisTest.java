package io.benchtop.service.spawn.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.benchtop.service.spawn.EndingCode;
import io.benchtop.service.spawn.ServerEnding;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DiagnosisTest {

    static Stream<Arguments> table() {
        return Stream.of(
                Arguments.of("{'reasonCode':'STOPPED','reason':'It was stopped.'}", null, "", "STOPPED", "Stopped."),
                Arguments.of(
                        "{'reasonCode':'OUT_OF_MEMORY','reason':'Too much.'}",
                        null,
                        "",
                        "OUT_OF_MEMORY",
                        "larger profile"),
                Arguments.of("{'reasonCode':'PORT_TAKEN','reason':'Taken.'}", null, "", "PORT_TAKEN", "another port"),
                Arguments.of(
                        "{'reasonCode':'DISK_FULL','reason':'Full. Free some space.'}",
                        null,
                        "",
                        "DISK_FULL",
                        "Free some space"),
                Arguments.of(
                        "{'reasonCode':'HOME_UNUSABLE','reason':'The home folder /h cannot be used.'}",
                        77,
                        "",
                        "HOME_UNUSABLE",
                        "/h"),
                Arguments.of(
                        "{'reasonCode':'ENVIRONMENT_BROKEN','reason':'Damaged.'}",
                        null,
                        "No module named 'jupyterlab'",
                        "ENVIRONMENT_BROKEN",
                        "\"jupyterlab\" is missing"),
                Arguments.of(
                        "{'reasonCode':'EXITED','reason':'JupyterLab exited with code 1; its log says why.'}",
                        null,
                        "",
                        "EXITED",
                        "code 1"),
                Arguments.of("{'reasonCode':'UNHEARD_OF'}", null, "", "EXITED", "without a word"),
                Arguments.of(null, 74, "", "DISK_FULL", "full"),
                Arguments.of(null, 77, "", "HOME_UNUSABLE", "home folder"),
                Arguments.of(null, 127, "", "ENVIRONMENT_BROKEN", "benchtop up"),
                Arguments.of(null, 1, "OSError: [Errno 28] No space left on device", "DISK_FULL", "Free some space"),
                Arguments.of(null, 1, "No module named 'benchtop_local'", "ENVIRONMENT_BROKEN", "\"benchtop_local\""),
                Arguments.of(null, null, "", "EXITED", "killed"));
    }

    @ParameterizedTest
    @MethodSource("table")
    void tellsWhyAServerEnded(String exit, Integer status, String log, String code, String words) {
        // Given
        Optional<JsonObject> record = Optional.ofNullable(exit)
                .map(text -> JsonParser.parseString(text.replace('\'', '"')).getAsJsonObject());

        // When
        ServerEnding ending = Diagnosis.of(record, status, log.isEmpty() ? List.of() : List.of(log));

        // Then
        assertThat(ending.code()).isEqualTo(EndingCode.valueOf(code));
        assertThat(ending.sentence()).contains(words);
    }

    @Test
    void theLogIsTheEvidence() {
        assertThat(Diagnosis.of(Optional.empty(), 1, List.of("Traceback", "Boom"))
                        .logTail())
                .containsExactly("Traceback", "Boom");
    }
}
