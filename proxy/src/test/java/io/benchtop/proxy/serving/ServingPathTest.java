package io.benchtop.proxy.serving;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.benchtop.proxy.serving.ServingPath.Kind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServingPathTest {

    @ParameterizedTest
    @CsvSource({
        "/serve/iris/v2, OTHER,",
        "/serve/iris/v2/health/live, OTHER,",
        "/serve/iris/v2/models/iris/infer, INFER,",
        "/serve/iris/v2/models/iris/versions/1.0.0, OTHER, 1.0.0",
        "/serve/iris/v2/models/iris/versions/1.0.0/infer, INFER, 1.0.0",
        "/serve/iris/v2/repository/index, OTHER,",
        "/serve/iris/v2/repository/models/iris/load, CONTROL,",
        "/serve/iris/v2/repository/models/iris/unload, CONTROL,",
        "/serve/iris/v2/%72epository/models/iris/load, NOTHING,",
        "/serve/iris/v2//repository/models/iris/load, NOTHING,",
        "/serve/iris/v1/models, NOTHING,",
        "/serve/iris/v2x, NOTHING,",
        "/serve/iris/shadow/models/iris, NOTHING,",
        "/serve/iris, NOTHING,",
        "/serve/, NOTHING,"
    })
    void aPathIsTakenApart(String path, Kind kind, String version) {
        // Given
        byte[] bytes = path.getBytes(ISO_8859_1);

        // When
        ServingPath read = ServingPath.of(bytes, 0, bytes.length);

        // Then
        assertThat(read.kind()).isEqualTo(kind);
        assertThat(read.version()).isEqualTo(version);
        if (kind != Kind.NOTHING) {
            assertThat(read.endpoint()).isEqualTo("iris");
            assertThat(path.substring(read.restStart())).startsWith("/v2");
        }
    }
}
