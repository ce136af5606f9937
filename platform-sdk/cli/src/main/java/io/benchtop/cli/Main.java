package io.benchtop.cli;

import io.benchtop.cli.account.LoginCommand;
import io.benchtop.cli.account.LogoutCommand;
import io.benchtop.cli.account.TokenCommand;
import io.benchtop.cli.account.WhoamiCommand;
import io.benchtop.cli.data.ConnectionsCommand;
import io.benchtop.cli.data.DataCommand;
import io.benchtop.cli.endpoints.EndpointsCommand;
import io.benchtop.cli.local.DownCommand;
import io.benchtop.cli.local.UpCommand;
import io.benchtop.cli.local.Version;
import io.benchtop.cli.models.ModelsCommand;
import io.benchtop.cli.profile.ProfileCommand;
import io.benchtop.cli.runs.RunsCommand;
import io.benchtop.cli.support.Surroundings;
import io.benchtop.cli.workspace.WorkspaceCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The {@code benchtop} command. */
@Command(
        name = "benchtop",
        description = "JupyterLab workspaces for everybody: run Benchtop here, or use one that runs somewhere.",
        synopsisSubcommandLabel = "COMMAND",
        versionProvider = Main.ManifestVersion.class,
        subcommands = {
            UpCommand.class,
            DownCommand.class,
            LoginCommand.class,
            LogoutCommand.class,
            WhoamiCommand.class,
            WorkspaceCommand.class,
            ProfileCommand.class,
            DataCommand.class,
            RunsCommand.class,
            ModelsCommand.class,
            EndpointsCommand.class,
            ConnectionsCommand.class,
            TokenCommand.class,
            StatusCommand.class,
            CompletionCommand.class
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:failed",
            "2:wrong command line, or input the service refuses",
            "3:not signed in",
            "4:not found",
            "5:not allowed",
            "6:in conflict with what is there",
            "7:Benchtop does not answer"
        },
        footerHeading = "%nEnvironment:%n",
        footer = {
            "  BENCHTOP_URL         address of Benchtop, instead of the one signed in to last",
            "  BENCHTOP_TOKEN       API token for it; or BENCHTOP_TOKEN_FILE, a file that holds one",
            "",
            "Examples:",
            "  benchtop up",
            "  benchtop login",
            "  benchtop ws create \"My experiments\" --start --wait",
            "  benchtop ws ls --json"
        })
public final class Main {

    @SuppressWarnings("UnusedVariable") // picocli looks at the annotation, nobody at the value
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Show this help.")
    private boolean help;

    @SuppressWarnings("UnusedVariable") // likewise
    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Print the version.")
    private boolean version;

    public static void main(String[] arguments) {
        System.exit(commandLine(Surroundings.ofThisProcess()).execute(arguments));
    }

    static CommandLine commandLine(Surroundings surroundings) {
        var line = new CommandLine(new Main(), new CommandFactory(surroundings));
        line.setExecutionExceptionHandler(new FailureReport(surroundings));
        line.setParameterExceptionHandler(new UsageReport(surroundings));
        line.setUsageHelpWidth(100);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setOut(new java.io.PrintWriter(surroundings.out(), true, java.nio.charset.StandardCharsets.UTF_8));
        line.setErr(new java.io.PrintWriter(surroundings.err(), true, java.nio.charset.StandardCharsets.UTF_8));
        return line;
    }

    /** What {@code --version} prints. */
    static final class ManifestVersion implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"benchtop " + Version.current()};
        }
    }
}
