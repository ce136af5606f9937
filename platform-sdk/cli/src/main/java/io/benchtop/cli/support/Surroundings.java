package io.benchtop.cli.support;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/**
 * What a command may touch of the world around it; tests give another one.
 *
 * @param environment the environment variables
 * @param in standard input
 * @param out standard output: what was asked for
 * @param err standard error: progress, questions, failures
 * @param prompt the person; empty when nobody sits at a terminal
 * @param clock what time it is
 */
public record Surroundings(
        Map<String, String> environment,
        InputStream in,
        PrintStream out,
        PrintStream err,
        Optional<Prompt> prompt,
        InstantSource clock) {

    /** Somebody who can be asked. */
    public interface Prompt {

        String ask(String question);

        /** Asks without showing what is typed. */
        String askSecretly(String question);
    }

    public static Surroundings ofThisProcess() {
        return new Surroundings(
                System.getenv(),
                System.in,
                System.out,
                System.err,
                TerminalPrompt.ofThisProcess(),
                InstantSource.system());
    }

    /** Where this person's settings of Benchtop are. */
    public Path configFolder() {
        var configured = environment.getOrDefault("XDG_CONFIG_HOME", "");
        var base = configured.isBlank() ? home().resolve(".config") : Path.of(configured);
        return base.resolve("benchtop");
    }

    private Path home() {
        return Path.of(environment.getOrDefault("HOME", System.getProperty("user.home")));
    }

    /** All of standard input, without the line's end: a secret that is piped in. */
    public String readSecret() {
        try {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read standard input: " + e.getMessage(), e);
        }
    }
}
