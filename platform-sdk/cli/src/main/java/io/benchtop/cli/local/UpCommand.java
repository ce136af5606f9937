package io.benchtop.cli.local;

import io.benchtop.cli.support.CommandFailure;
import io.benchtop.cli.support.Console;
import io.benchtop.cli.support.ExitCode;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code benchtop up}. */
@Command(
        name = "up",
        description = "Start Benchtop on this machine, in the foreground, and print where to sign in.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  benchtop up",
            "  benchtop up --port 9000 --data /srv/benchtop",
            "  benchtop up --host 0.0.0.0 --public-url https://notebooks.example.org"
        })
public final class UpCommand implements Callable<Integer> {

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Where users, workspaces and files are kept (~/.benchtop).")
    private @Nullable Path data;

    @Option(names = "--port", paramLabel = "N", defaultValue = "8080", description = "Port to listen at (8080).")
    private int port;

    @Option(
            names = "--host",
            paramLabel = "H",
            defaultValue = "127.0.0.1",
            description = "Address to listen at (127.0.0.1). Any other opens Benchtop to the network.")
    private String host = "127.0.0.1";

    @Option(
            names = "--public-url",
            paramLabel = "URL",
            description = "What people type, if it is not the host and port, for example behind a TLS terminator.")
    private @Nullable String publicUrl;

    @Option(
            names = "--allow-host",
            paramLabel = "NAME",
            description = "A further host name Benchtop may be reached by. May be repeated.")
    private List<String> allowedHosts = new ArrayList<>();

    @Option(
            names = "--grpc-port",
            paramLabel = "N",
            description = "Port at which endpoints are called by gRPC, too (none).")
    private @Nullable Integer grpcPort;

    @Override
    public Integer call() throws InterruptedException {
        var console = new Console(System.out);
        var plan = plan();
        var installation = Installation.of(System.getenv());
        plan.data().create();
        var lock = RunLock.tryTake(plan.data().runLock())
                .orElseThrow(() -> new CommandFailure(alreadyRunning(plan.data())));
        Leftovers.end(plan.data(), console);
        Ports.requireFree(plan.host(), plan.port(), "--port");
        if (plan.grpcPort() != null) {
            Ports.requireFree(plan.host(), plan.grpcPort(), "--grpc-port");
        }
        RunRecord.of(plan.publicUrl(), "", Version.current(), null, null)
                .writeTo(plan.data().runRecord());
        warnIfOpen(plan, console);
        new LocalPlatform(installation, plan, lock, InstantSource.system(), console).run(System.getenv());
        return 0;
    }

    private UpPlan plan() {
        requirePort(port);
        if (grpcPort != null) {
            requirePort(grpcPort);
        }
        var folder = data == null ? DataFolder.ofHome() : new DataFolder(data);
        try {
            var url = publicUrl == null ? PublicUrl.guess(host, port) : publicUrl.replaceAll("/$", "");
            return new UpPlan(folder, host, port, url, allowedHosts, grpcPort);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure("Wrong option: " + e.getMessage() + ".", ExitCode.USAGE);
        }
    }

    private static void requirePort(int number) {
        if (number < 1 || number > 65535) {
            throw new CommandFailure("A port is a number from 1 to 65535, not " + number + ".", ExitCode.USAGE);
        }
    }

    private static String alreadyRunning(DataFolder folder) {
        var where = RunRecord.read(folder.runRecord())
                .map(record -> " at " + record.url() + " (process " + record.supervisorPid() + ")")
                .orElse("");
        return "Benchtop already runs on " + folder.root() + where
                + ". Use that one, stop it with `benchtop down --data " + folder.root()
                + "`, or start another with --data DIR --port N.";
    }

    private static void warnIfOpen(UpPlan plan, Console console) {
        if (!plan.isLocal()) {
            console.line("""
                    WARNING: Benchtop listens at %s, for everybody who can reach this machine. In local mode all workspaces run as
                    one user of this system, so whoever may run code in a workspace can read and change the files of all others,
                    reach every port of 127.0.0.1, and read Benchtop's own data, keys included. Let in only people who trust each
                    other; use a TLS terminator with --public-url https://… in front.""".formatted(plan.listenAddress()));
        }
    }
}
