package io.benchtop.cli.support;

/** Ends a command with a sentence for the person: what is wrong, with which thing, what to do. */
public final class CommandFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public CommandFailure(String sentence) {
        super(sentence);
    }
}
