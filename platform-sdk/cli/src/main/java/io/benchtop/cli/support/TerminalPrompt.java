package io.benchtop.cli.support;

import java.io.Console;
import java.util.Optional;

/** Asks the person at the terminal of this process. */
record TerminalPrompt(Console console) implements Surroundings.Prompt {

    static Optional<Surroundings.Prompt> ofThisProcess() {
        return Optional.ofNullable(System.console()).filter(Console::isTerminal).map(TerminalPrompt::new);
    }

    @Override
    public String ask(String question) {
        return answered(console.readLine("%s", question));
    }

    @Override
    public String askSecretly(String question) {
        var typed = console.readPassword("%s", question);
        return answered(typed == null ? null : new String(typed));
    }

    private static String answered(@org.jspecify.annotations.Nullable String answer) {
        if (answer == null) {
            throw new CommandFailure("Nothing was entered.");
        }
        return answer.strip();
    }
}
