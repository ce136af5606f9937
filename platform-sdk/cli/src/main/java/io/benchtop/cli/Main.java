package io.benchtop.cli;

import io.benchtop.cli.local.DownCommand;
import io.benchtop.cli.local.UpCommand;
import io.benchtop.cli.support.CommandFailure;
import java.io.UncheckedIOException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The {@code benchtop} command. */
@Command(
        name = "benchtop",
        mixinStandardHelpOptions = true,
        subcommands = {UpCommand.class, DownCommand.class})
public final class Main {

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Main()).setExecutionExceptionHandler((failure, command, parsed) -> {
            if (failure instanceof CommandFailure || failure instanceof UncheckedIOException) {
                command.getErr().println("benchtop: " + failure.getMessage());
                return 1;
            }
            throw failure;
        });
    }
}
