package io.benchtop.cli.local;

import io.benchtop.cli.support.Console;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One run of {@code benchtop up}, from the notebook environment to the end; the wiring of the supervisor. */
final class LocalPlatform {

    private final Installation installation;
    private final UpPlan plan;
    private final InstantSource clock;
    private final Console console;
    private final RunLock lock;
    private final NotebookEnvironment environment;
    private volatile @Nullable ClassCache cache;
    private volatile @Nullable Supervisor supervisor;

    LocalPlatform(Installation installation, UpPlan plan, RunLock lock, InstantSource clock, Console console) {
        this.installation = installation;
        this.plan = plan;
        this.lock = lock;
        this.environment = new NotebookEnvironment(installation, plan.data(), console);
        this.clock = clock;
        this.console = console;
    }

    void run(Map<String, String> surroundings) throws InterruptedException {
        var begun = clock.instant();
        Runtime.getRuntime().addShutdownHook(new Thread(this::end, "end"));
        environment.prepare();
        var key = InternalKey.of(plan.data().internalKey());
        var lines = new LaunchLines(installation, plan, Ports.anyFree());
        var client = new ServiceClient(lines.serviceUrl(), key);
        var classes = new ClassCache(installation, plan, key, ClassCache.LET_PEOPLE_START, console);
        cache = classes;
        var made = new Supervisor(
                plan,
                kept(lines.service(surroundings, classes.flags())),
                kept(lines.proxy(List.of())),
                client,
                lines.serviceUrl(),
                clock,
                console);
        supervisor = made;
        console.line("Starting ...");
        made.start();
        welcome(client, Duration.between(begun, clock.instant()));
        classes.makeInBackground();
        made.lookAfter();
    }

    /** Whatever ends this process, and in whatever stage. The lock goes last: nobody starts while something still stops. */
    private void end() {
        environment.abandon();
        Optional.ofNullable(cache).ifPresent(ClassCache::abandon);
        Optional.ofNullable(supervisor).ifPresent(Supervisor::stop);
        lock.close();
    }

    private KeptChild kept(LaunchLine line) {
        return new KeptChild(line, installation.python(), clock, console);
    }

    private void welcome(ServiceClient client, Duration took) {
        var link = client.firstSignInPath();
        console.line("");
        console.line("Benchtop is ready at %s  (after %.1f s)".formatted(plan.publicUrl(), took.toMillis() / 1000.0));
        link.ifPresent(path -> {
            console.line("");
            console.line("  Nobody has an account yet. This link makes you the administrator; it works once:");
            console.line("  " + plan.publicUrl() + path);
        });
        console.line("");
        console.line("  data and logs: " + plan.data().root());
        console.line("  Press Ctrl-C to stop Benchtop and every workspace it runs.");
    }
}
