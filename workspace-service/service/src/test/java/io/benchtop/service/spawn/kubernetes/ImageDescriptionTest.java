package io.benchtop.service.spawn.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageDescriptionTest {

    private static final String LINE = """
            {"python": "3.11.2", "interpreter": "/opt/environment/bin/python", "jupyterServer": "2.20.0", \
            "jupyterLab": "4.6.1", "kernels": ["java", "python3"]}""";

    private static String words(String kernels) {
        return ImageDescription.find(List.of(LINE.replace("[\"java\", \"python3\"]", kernels)))
                .orElseThrow()
                .words();
    }

    @Test
    void isFoundAmongWhateverElseTheImagePrints() {
        // When
        ImageDescription found = ImageDescription.find(List.of("Activating …", "{oops", LINE, "a warning"))
                .orElseThrow();

        // Then
        assertThat(found).isEqualTo(new ImageDescription("3.11.2", "2.20.0", "4.6.1", List.of("java", "python3")));
        assertThat(found.words()).isEqualTo("with JupyterLab 4.6.1 and the kernels java and python3");
    }

    @Test
    void saysWhatIsMissingAndNotEverythingThatIsThere() {
        assertThat(words("[]")).endsWith("without any kernel: no notebook can run");
        assertThat(words("[\"ir\"]")).endsWith("the kernel ir");
        assertThat(words(IntStream.range(0, 14)
                        .mapToObj(n -> "\"k" + n + "\"")
                        .toList()
                        .toString()))
                .endsWith("k10, k11 and 2 more");
        assertThat(ImageDescription.find(List.of(LINE.replace("\"4.6.1\"", "null")))
                        .orElseThrow()
                        .words())
                .startsWith("but without JupyterLab and ");
    }

    @Test
    void leavesOutWhatIsNoName() {
        assertThat(words("[null, \"<b>bold</b>\", \"python3\"]")).endsWith("the kernel python3");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "null",
                "[1]",
                "{\"python\": 3}",
                "{\"python\": \"3.11\", \"jupyterServer\": \"<script>\"}",
                "{\"python\": [], \"jupyterServer\": \"2\"}"
            })
    void isNotThereWhenTheLineIsNot(String line) {
        assertThat(ImageDescription.find(List.of(line))).isEmpty();
    }
}
