package io.benchtop.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.benchtop.cli.support.Surroundings;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;

/** Runs commands in this JVM as a person would at a terminal of their own. */
final class Terminal {

    static final Instant NOW = Instant.parse("2026-11-21T12:00:05Z");

    /** What a command left. */
    record Outcome(int exitCode, String out, String err) {}

    final Map<String, String> environment = new HashMap<>();
    private final Queue<String> typed = new ArrayDeque<>();
    private String input = "";
    private boolean interactive;

    Terminal(Path home) {
        environment.put("HOME", home.toString());
    }

    Terminal with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    Terminal typing(String... answers) {
        typed.addAll(List.of(answers));
        interactive = true;
        return this;
    }

    Terminal piping(String text) {
        input = text;
        return this;
    }

    Outcome run(String... arguments) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var errors = new PrintStream(err, true, UTF_8);
        var surroundings = new Surroundings(
                environment,
                new ByteArrayInputStream(input.getBytes(UTF_8)),
                new PrintStream(out, true, UTF_8),
                errors,
                interactive ? Optional.of(new Typist(errors)) : Optional.empty(),
                InstantSource.fixed(NOW));
        var code = Main.commandLine(surroundings).execute(arguments);
        return new Outcome(code, out.toString(UTF_8), err.toString(UTF_8));
    }

    private final class Typist implements Surroundings.Prompt {

        private final PrintStream screen;

        private Typist(PrintStream screen) {
            this.screen = screen;
        }

        @Override
        public String ask(String question) {
            screen.println(question);
            return typed.remove();
        }

        @Override
        public String askSecretly(String question) {
            return ask(question);
        }
    }
}
