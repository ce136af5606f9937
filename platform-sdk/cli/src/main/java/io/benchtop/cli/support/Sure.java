package io.benchtop.cli.support;

import picocli.CommandLine.Option;

/** Whether somebody who deletes something means it: asked for the name at a terminal, or {@code --yes}. */
public final class Sure {

    @Option(names = "--yes", description = "Do not ask.")
    private boolean yes;

    private final Surroundings surroundings;

    public Sure(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /**
     * Returns if it is meant.
     *
     * @param what such as {@code endpoint risk}
     * @param name to be typed
     */
    public void require(String what, String name) {
        if (yes) {
            return;
        }
        var prompt = surroundings
                .prompt()
                .orElseThrow(() -> new CommandFailure("Say that it is to be deleted: --yes.", ExitCode.USAGE));
        if (!prompt.ask("Type " + name + " to delete the " + what + ": ").equals(name)) {
            throw new CommandFailure("Nothing was deleted.");
        }
    }
}
