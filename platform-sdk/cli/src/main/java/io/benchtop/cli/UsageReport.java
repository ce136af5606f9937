package io.benchtop.cli;

import io.benchtop.cli.support.ExitCode;
import io.benchtop.cli.support.Surroundings;
import io.benchtop.cli.support.Table;
import java.util.List;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What a wrong command line gets: what is wrong, what was perhaps meant, and where to read on; not a page of help. */
record UsageReport(Surroundings surroundings) implements IParameterExceptionHandler {

    @Override
    public int handleParseException(ParameterException wrong, String[] arguments) {
        var command = wrong.getCommandLine().getCommandSpec().qualifiedName();
        surroundings.err().println("benchtop: " + Table.harmless(readable(String.valueOf(wrong.getMessage()))) + ".");
        var meant =
                wrong instanceof UnmatchedArgumentException unmatched ? unmatched.getSuggestions() : List.<String>of();
        if (!meant.isEmpty()) {
            surroundings.err().println("Perhaps you mean: " + String.join(", ", meant));
        }
        surroundings.err().println("See: " + command + " --help");
        return ExitCode.USAGE;
    }

    /** picocli names the Java type of an option; a person wants to know what to type. */
    private static String readable(String message) {
        return message.replaceFirst(" is not an int$", " is not a whole number");
    }
}
