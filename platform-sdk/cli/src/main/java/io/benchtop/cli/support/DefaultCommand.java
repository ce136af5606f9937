package io.benchtop.cli.support;

import static java.util.Objects.requireNonNull;

import picocli.CommandLine.Model.CommandSpec;

/** What a group of commands does when none of them is named: as if {@code ls} were. */
public final class DefaultCommand {

    private DefaultCommand() {}

    /** The exit code of the group's {@code ls}. */
    public static int list(CommandSpec group) {
        return requireNonNull(group.subcommands().get("ls"), "the group has no ls")
                .execute();
    }
}
