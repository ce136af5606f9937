package io.benchtop.sdk.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** The Java example of the section "Spark" of docs/sdk.md, compiled as a notebook would. */
final class DocsExample {

    private static final Pattern EXAMPLE =
            Pattern.compile("```java\\n(import io.benchtop.sdk.spark[^\\n]*\\n)(.*?)```", Pattern.DOTALL);

    private DocsExample() {}

    /** What it prints. */
    static String run(Path classes) throws IOException, ReflectiveOperationException {
        var example = EXAMPLE.matcher(Files.readString(Path.of("../../docs/sdk.md")));
        assertThat(example.find()).as("an example of Spark").isTrue();
        compile(
                example.group(1) + "public class Example { public static void run() {\n" + example.group(2) + "\n} }",
                classes);
        var printed = new ByteArrayOutputStream();
        var before = System.out;
        try (var loader = new URLClassLoader(new URL[] {classes.toUri().toURL()});
                var capture = new PrintStream(printed, true, StandardCharsets.UTF_8)) {
            System.setOut(capture);
            scala.Console.withOut(capture, () -> invoke(loader));
        } finally {
            System.setOut(before);
        }
        return printed.toString(StandardCharsets.UTF_8);
    }

    private static Object invoke(ClassLoader loader) {
        try {
            return loader.loadClass("Example").getMethod("run").invoke(null);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the example failed", e);
        }
    }

    private static void compile(String code, Path classes) {
        var errors = new StringWriter();
        var options = List.of("-cp", System.getProperty("java.class.path"), "-d", classes.toString());
        var compiler = ToolProvider.getSystemJavaCompiler();
        assertThat(compiler.getTask(errors, null, null, options, null, List.of(source(code)))
                        .call())
                .as(errors.toString())
                .isTrue();
    }

    private static JavaFileObject source(String code) {
        return new SimpleJavaFileObject(URI.create("string:///Example.java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return code;
            }
        };
    }
}
