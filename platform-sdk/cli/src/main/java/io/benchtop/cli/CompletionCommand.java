package io.benchtop.cli;

import io.benchtop.cli.support.Surroundings;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code benchtop completion}. */
@Command(
        name = "completion",
        description = "Print a script that completes benchtop's commands and options in your shell.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  source <(benchtop completion bash)",
            "  source <(benchtop completion zsh)",
            "  benchtop completion bash > ~/.local/share/bash-completion/completions/benchtop"
        })
final class CompletionCommand implements Callable<Integer> {

    /** Shells that are known. */
    enum Shell {
        bash,
        zsh
    }

    @Parameters(paramLabel = "SHELL", description = "bash or zsh.")
    private @Nullable Shell shell;

    @Spec
    private @Nullable CommandSpec spec;

    private final Surroundings surroundings;

    CompletionCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        if (shell == Shell.zsh) {
            surroundings.out().println("autoload -Uz compinit bashcompinit && compinit && bashcompinit");
        }
        if (spec != null) {
            surroundings.out().println(AutoComplete.bash("benchtop", spec.root().commandLine()));
        }
        return 0;
    }
}
