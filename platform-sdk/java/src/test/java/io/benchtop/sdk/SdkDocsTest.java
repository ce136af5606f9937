package io.benchtop.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Compiles the Java examples of docs/sdk.md as a notebook would: with the imports that the extension gives it. Those of Spark are run in
 * platform-sdk/spark.
 */
class SdkDocsTest {

    private static final Pattern EXAMPLE = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL);

    @TempDir
    private Path classes;

    @Test
    void everyJavaExampleCompiles() throws Exception {
        // Given
        var page = Files.readString(Path.of("../../docs/sdk.md"));
        var examples = EXAMPLE.matcher(page)
                .results()
                .map(found -> found.group(1))
                .filter(example -> !example.contains("io.benchtop.sdk.spark"))
                .toList();
        assertThat(examples).hasSizeGreaterThanOrEqualTo(5);

        // Then
        examples.forEach(example -> assertThat(errorsOf(example)).as(example).isEmpty());
    }

    private String errorsOf(String example) {
        var errors = new StringWriter();
        var options = List.of("-cp", System.getProperty("java.class.path"), "-d", classes.toString());
        var compiler = ToolProvider.getSystemJavaCompiler();
        compiler.getTask(errors, null, null, options, null, List.of(source(example)))
                .call();
        return errors.toString();
    }

    private static JavaFileObject source(String example) {
        var code = "import java.util.*; import io.benchtop.sdk.*; import io.benchtop.sdk.error.BenchtopException; "
                + "import io.benchtop.sdk.model.*; import io.benchtop.sdk.serving.*; import io.benchtop.sdk.tensor.*;\nclass Example { void run() throws Exception {\n"
                + example + "\n} }";
        return new SimpleJavaFileObject(URI.create("string:///Example.java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return code;
            }
        };
    }
}
