package io.benchtop.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.benchtop.sdk.error.BenchtopException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Replays the recorded cases that both SDKs share; {@code platform-sdk/cases/README.md} says how. */
class CaseIT {

    private static final Path CASES = Path.of("../cases");

    @TempDir
    private Path folder;

    static List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(CASES)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".json"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void answersAsRecorded(String name) throws IOException {
        // Given
        var recorded =
                JsonParser.parseString(Files.readString(CASES.resolve(name))).getAsJsonObject();
        var tokenFile = Files.writeString(folder.resolve("token"), "case-token\n");
        var waits = new ArrayList<Long>();
        try (var service = RecordedService.start(recorded, tokenFile)) {
            var client = Benchtop.connect(environment(recorded, service.url(), tokenFile), waits::add);

            // When
            var outcome = outcomeOf(client, recorded.getAsJsonObject("call"));

            // Then
            var expected = recorded.getAsJsonObject("expect");
            if (expected.has("error")) {
                thenFails(outcome, expected.getAsJsonObject("error"));
            } else {
                thenGives(outcome, expected.getAsJsonObject("value"));
            }
            service.thenEverythingHappened();
            assertThat(waits).isEqualTo(expectedWaits(recorded));
        }
    }

    private static Object outcomeOf(BenchtopClient client, JsonObject call) {
        var arguments = call.getAsJsonObject("arguments");
        try {
            return switch (call.get("verb").getAsString()) {
                case "whoami" -> client.whoami();
                case "workspace" -> client.workspace();
                case "resources" -> client.workspace().resources();
                case "keepAlive" ->
                    client.keepAlive(
                            arguments.get("duration").getAsString(),
                            arguments.get("reason").getAsString());
                case "datasets" -> DatasetCases.list(client, arguments);
                case "rows" -> DatasetCases.rows(client, arguments);
                case "file" -> DatasetCases.file(client, arguments);
                case "write" -> DatasetCases.write(client, arguments);
                default -> throw new AssertionError("the Java SDK has no verb for " + call);
            };
        } catch (BenchtopException refused) {
            return refused;
        } catch (IOException e) {
            throw new AssertionError("the SDK throws its own exceptions", e);
        }
    }

    private static void thenFails(Object outcome, JsonObject error) {
        assertThat(outcome).isInstanceOf(BenchtopException.class);
        var failure = (BenchtopException) outcome;
        assertThat(failure.code()).isEqualTo(error.get("code").getAsString());
        error.getAsJsonArray("messageContains")
                .forEach(piece -> assertThat(failure.getMessage()).containsIgnoringCase(piece.getAsString()));
    }

    private static void thenGives(Object outcome, JsonObject value) {
        if (outcome instanceof JsonObject json) {
            assertThat(json).isEqualTo(value);
            return;
        }
        var fields = new LinkedHashMap<String, Object>();
        value.asMap().forEach((name, expected) -> fields.put(name, plain(expected)));
        var told = new LinkedHashMap<String, Object>();
        fields.keySet().forEach(name -> told.put(name, comparable(property(outcome, name), fields.get(name))));
        assertThat(told).isEqualTo(fields);
    }

    private static Object property(Object value, String name) {
        try {
            var told = value.getClass().getMethod(name).invoke(value);
            return told instanceof Optional<?> optional ? optional.orElse(null) : told;
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(value + " has no " + name, e);
        }
    }

    private static Object comparable(Object told, Object expected) {
        if (told instanceof Number number) {
            return number.doubleValue();
        }
        return told instanceof Instant instant && expected instanceof String text
                ? instant.equals(Instant.parse(text)) ? text : instant
                : told;
    }

    private static Object plain(JsonElement json) {
        if (json.isJsonNull()) {
            return null;
        }
        return json.getAsJsonPrimitive().isNumber() ? json.getAsDouble() : json.getAsString();
    }

    private static List<Long> expectedWaits(JsonObject recorded) {
        return recorded.has("waits")
                ? recorded.getAsJsonArray("waits").asList().stream()
                        .map(JsonElement::getAsLong)
                        .toList()
                : List.of();
    }

    private static Map<String, String> environment(JsonObject recorded, String url, Path tokenFile) throws IOException {
        var environment = new HashMap<String, String>();
        if (!recorded.has("outside")) {
            environment.put("BENCHTOP_URL", recorded.has("unreachable") ? nobody() : url);
            environment.put("BENCHTOP_TOKEN_FILE", tokenFile.toString());
            environment.put("BENCHTOP_WORKSPACE", "ws_7kq2m4xw3abc");
            environment.put("BENCHTOP_USER", "alice");
        }
        return environment;
    }

    private static String nobody() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return "http://127.0.0.1:" + socket.getLocalPort();
        }
    }
}
