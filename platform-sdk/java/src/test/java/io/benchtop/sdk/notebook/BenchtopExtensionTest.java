package io.benchtop.sdk.notebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.benchtop.sdk.User;
import java.util.List;
import java.util.ServiceLoader;
import org.dflib.jjava.jupyter.Extension;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;
import org.junit.jupiter.api.Test;

class BenchtopExtensionTest {

    @Test
    void isFoundByTheKernel() {
        assertThat(ServiceLoader.load(Extension.class)).hasOnlyElementsOfType(BenchtopExtension.class);
    }

    @Test
    void importsTheSdkAndSetsTheVariable() {
        // Given
        var kernel = new FakeKernel(false);

        // When
        new BenchtopExtension().install(kernel);

        // Then
        assertThat(kernel.evaluated)
                .isEqualTo(List.of(
                        "import io.benchtop.sdk.*;",
                        "import io.benchtop.sdk.error.BenchtopException;",
                        "import io.benchtop.sdk.model.*;",
                        "import io.benchtop.sdk.serving.*;",
                        "import io.benchtop.sdk.tensor.*;",
                        "var benchtop = Benchtop.connect();"));
    }

    @Test
    void showsValuesAsTablesAndEscapesThem() {
        // Given
        var kernel = new FakeKernel(false);
        new BenchtopExtension().install(kernel);

        // When
        var shown = kernel.getRenderer().render(new User("alice", "<b>Alice</b>", "developer"));

        // Then
        assertThat(shown.getData(MIMEType.TEXT_HTML).toString())
                .contains("<table>", "&lt;b&gt;Alice&lt;/b&gt;")
                .doesNotContain("<b>");
        assertThat(shown.getData(MIMEType.TEXT_PLAIN).toString()).startsWith("User(name: alice");
    }

    @Test
    void neverBreaksTheKernel() {
        // Given
        var kernel = new FakeKernel(true);

        // Then
        assertThatCode(() -> new BenchtopExtension().install(kernel)).doesNotThrowAnyException();
    }
}
