package io.benchtop.cli;

import io.benchtop.cli.support.CommandFailure;
import io.benchtop.cli.support.ExitCode;
import io.benchtop.cli.support.Surroundings;
import io.benchtop.cli.support.Table;
import io.benchtop.sdk.error.BenchtopException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** The one place where a failure becomes words and an exit code; never a stack trace, unless BENCHTOP_DEBUG asks for it. */
record FailureReport(Surroundings surroundings) implements IExecutionExceptionHandler {

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
        if (surroundings.environment().containsKey("BENCHTOP_DEBUG")) {
            failure.printStackTrace(surroundings.err());
        }
        return switch (failure) {
            case CommandFailure known -> say(known.getMessage(), known.exitCode());
            case BenchtopException refused -> say(sentence(refused), ExitCode.of(refused));
            case UncheckedIOException broken -> say(broken.getMessage(), ExitCode.FAILED);
            case InterruptedException stopped -> say("Interrupted.", ExitCode.FAILED);
            default ->
                say(
                        "Something is wrong with this program: " + failure
                                + ". Run it again with BENCHTOP_DEBUG=1 and report what it prints.",
                        ExitCode.FAILED);
        };
    }

    private static String sentence(BenchtopException refused) {
        var signIn = ExitCode.of(refused) == ExitCode.NOT_SIGNED_IN
                && !refused.code().equals("wrong_credentials");
        return refused.detail() + (signIn ? " Sign in with: benchtop login" : "");
    }

    private int say(@Nullable String sentence, int exitCode) {
        // Several lines are fine here, they are ours; a log's end may follow the sentence.
        ("benchtop: " + sentence).lines().forEach(line -> surroundings.err().println(Table.harmless(line)));
        return exitCode;
    }
}
