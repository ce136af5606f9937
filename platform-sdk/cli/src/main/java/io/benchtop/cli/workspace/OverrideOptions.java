package io.benchtop.cli.workspace;

import static java.util.Objects.requireNonNull;

import io.benchtop.api.workspace.WorkspaceOverrides;
import io.benchtop.cli.support.CommandFailure;
import io.benchtop.cli.support.ExitCode;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What to choose differently from the profile. */
final class OverrideOptions {

    private static final Pattern AMOUNT = Pattern.compile("([0-9]{1,9})\\s*([mgt])(?:i?b)?");
    private static final Map<String, Integer> BITS = Map.of("m", 20, "g", 30, "t", 40);

    @Option(names = "--memory", paramLabel = "AMOUNT", description = "Memory, such as 8GiB, if the profile allows it.")
    private @Nullable String memory;

    @Option(names = "--cpus", paramLabel = "N", description = "Processors, if the profile allows it.")
    private @Nullable Double cpus;

    @Option(names = "--gpus", paramLabel = "N", description = "Accelerators, if the profile allows it.")
    private @Nullable Integer gpus;

    @Option(names = "--image", paramLabel = "SLUG", description = "One of the profile's further images.")
    private @Nullable String image;

    /** Null if nothing is. */
    @Nullable
    WorkspaceOverrides chosen() {
        var overrides = new WorkspaceOverrides(memory == null ? null : bytes(memory), cpus, gpus, image);
        return overrides.equals(new WorkspaceOverrides(null, null, null, null)) ? null : overrides;
    }

    private static long bytes(String text) {
        var amount = AMOUNT.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!amount.matches()) {
            throw new CommandFailure(
                    "'" + text + "' is no amount of memory; it is like 8GiB or 512MiB.", ExitCode.USAGE);
        }
        return Long.parseLong(amount.group(1))
                << requireNonNull(BITS.get(amount.group(2)), "the pattern knows a unit that the table does not");
    }
}
