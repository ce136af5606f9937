import com.google.gson.JsonParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;

/** Runs the code of a Java notebook cell by cell, as its kernel does, and ends with the first error. */
final class RunNotebook {

    private static final List<String> IMPORTS = List.of("java.util.*", "java.io.*", "java.util.stream.*");

    private final JShell shell = JShell.builder()
            .executionEngine("local")
            .out(System.out)
            .err(System.err)
            .build();

    public static void main(String... notebook) throws Exception {
        var run = new RunNotebook();
        IMPORTS.forEach(name -> run.code("import " + name + ";"));
        for (var cell : JsonParser.parseString(Files.readString(Path.of(notebook[0])))
                .getAsJsonObject()
                .getAsJsonArray("cells")) {
            var told = cell.getAsJsonObject();
            if (told.get("cell_type").getAsString().equals("code")) {
                var code = new StringBuilder();
                told.getAsJsonArray("source").forEach(line -> code.append(line.getAsString()));
                run.code(code.toString());
            }
        }
        System.exit(0);
    }

    private void code(String code) {
        var rest = code;
        while (!rest.isBlank()) {
            var next = shell.sourceCodeAnalysis().analyzeCompletion(rest);
            require(next.source() != null, "This ends before its end: " + rest, null);
            for (var event : shell.eval(next.source())) {
                require(event.exception() == null, next.source(), event.exception());
                require(
                        event.status() == Snippet.Status.VALID,
                        next.source() + shell.diagnostics(event.snippet()).map(each -> each.getMessage(null)).toList(),
                        null);
            }
            rest = next.remaining();
        }
    }

    private static void require(boolean well, String what, Throwable why) {
        if (!well) {
            System.err.println(what);
            if (why != null) {
                why.printStackTrace();
            }
            System.exit(1);
        }
    }
}
