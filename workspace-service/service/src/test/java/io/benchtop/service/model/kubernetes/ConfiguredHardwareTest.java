package io.benchtop.service.model.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.benchtop.service.profile.ImageReference;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfiguredHardwareTest {

    private static final ModelHardware USUAL =
            ModelHardware.plain("default", new ImageReference("registry/model-server:1"), "250m", "512Mi", "2Gi");

    @Test
    void whatIsNamedComesAfterTheUsual() {
        // When
        List<ModelHardware> all = ConfiguredHardware.with(
                USUAL,
                "[{\"name\":\"large\",\"resources\":{\"limits\":{\"memory\":\"16Gi\"}}},"
                        + "{\"name\":\"gpu\",\"image\":\"registry/model-server-gpu:1\",\"nodeSelector\":{\"gpu\":\"l4\"},"
                        + "\"resources\":{\"limits\":{\"memory\":\"8Gi\",\"nvidia.com/gpu\":1}},"
                        + "\"tolerations\":[{\"key\":\"nvidia.com/gpu\",\"operator\":\"Exists\"}],\"runtimeClassName\":\"nvidia\"}]");

        // Then
        assertThat(all).extracting(ModelHardware::name).containsExactly("default", "large", "gpu");
        assertThat(all)
                .extracting(ModelHardware::deviceArguments)
                .containsExactly(List.of(), List.of(), List.of("--device", "cuda"));
        ModelHardware gpu = all.getLast();
        assertThat(all.get(1).image()).isEqualTo(USUAL.image());
        assertThat(gpu.image().value()).isEqualTo("registry/model-server-gpu:1");
        assertThat(gpu.resources().getLimits())
                .containsOnly(Map.entry("memory", new Quantity("8Gi")), Map.entry("nvidia.com/gpu", new Quantity("1")));
        assertThat(gpu.nodeSelector()).containsEntry("gpu", "l4");
        assertThat(gpu.runtimeClass()).isEqualTo("nvidia");
        assertThat(gpu.tolerations().getFirst().getOperator()).isEqualTo("Exists");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{|cannot be read",
                "[{\"name\":\"A b\"}]|small letters",
                "[{}]|small letters",
                "[{\"name\":\"gpu\",\"image\":\"no image!\"}]|not the name of an image",
                "[{\"name\":\"gpu\",\"resources\":{\"limits\":{\"nvidia.com/gpu\":1}}}]|limit of memory",
            })
    void whatIsWrongIsSaid(String json, String sentence) {
        assertThatThrownBy(() -> ConfiguredHardware.with(USUAL, json))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("benchtop.kubernetes.model-hardware")
                .hasMessageContaining(sentence);
    }
}
