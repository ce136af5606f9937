package io.benchtop.cli.support;

/** Ends a command with a sentence for the person: what is wrong, with which thing, what to do. */
public final class CommandFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int exitCode;

    public CommandFailure(String sentence) {
        this(sentence, ExitCode.FAILED);
    }

    public CommandFailure(String sentence, int exitCode) {
        super(sentence);
        this.exitCode = exitCode;
    }

    public int exitCode() {
        return exitCode;
    }
}
