package io.benchtop.service.spawn.local;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.identity.UserName;
import io.benchtop.service.spawn.Failpoint;
import io.benchtop.service.spawn.ServerTokens;
import io.benchtop.service.spawn.SpawnRequest;
import io.benchtop.service.spawn.WorkspaceId;
import io.benchtop.service.spawn.local.NotebookEnvironment.EnvironmentBroken;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;

/** Writes the order for one start and hands it to a shim. */
final class Launcher {

    private static final SecureRandom RANDOM = new SecureRandom();

    private final LocalSpawnSettings settings;
    private final LocalHomes homes;
    private final ServerTokens tokens;
    private final Failpoint failpoint;

    Launcher(LocalSpawnSettings settings, LocalHomes homes, ServerTokens tokens, Failpoint failpoint) {
        this.settings = requireNonNull(settings, "settings is null");
        this.homes = requireNonNull(homes, "homes is null");
        this.tokens = requireNonNull(tokens, "tokens is null");
        this.failpoint = requireNonNull(failpoint, "failpoint is null");
    }

    /** Each start has a key and a token of its own: what an earlier server knew opens nothing. */
    Process launch(SpawnRequest request, ServerFolder server) throws IOException, EnvironmentBroken {
        NotebookEnvironment environment = NotebookEnvironment.current(settings.data());
        PrivateFiles.makeFolder(server.path());
        Path home = homes.folder(request.owner(), request.slug());
        int port = freePort();
        LabCommand command =
                LabCommand.of(request, environment, server, home, port, settings.publicUrl(), settings.shell());
        PrivateFiles.write(server.keyFile(), newKey());
        writeToken(server, request.owner(), request.id(), request.generation());
        failpoint.reach("secrets-written");
        PrivateFiles.write(server.launchFile(), Json.write(LaunchOrder.of(request, environment, command, home, port)));
        failpoint.reach("order-written");
        Process process = start(environment, server);
        failpoint.reach("process-started");
        return process;
    }

    void writeToken(ServerFolder server, UserName owner, WorkspaceId id, long generation) throws IOException {
        PrivateFiles.write(
                server.tokenFile(), tokens.issue(owner, id, generation).getBytes(StandardCharsets.UTF_8));
    }

    /** Nothing of ours goes over: no environment, no open file, no terminal. */
    private static Process start(NotebookEnvironment environment, ServerFolder server) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                environment.python().toString(),
                "-I",
                environment.shim().toString(),
                server.path().toString());
        builder.environment().clear();
        builder.environment().put("LANG", "C.UTF-8");
        builder.directory(server.path().toFile());
        builder.redirectInput(Redirect.from(new File("/dev/null")));
        PrivateFiles.write(server.startLog(), new byte[0]);
        builder.redirectErrorStream(true)
                .redirectOutput(Redirect.appendTo(server.startLog().toFile()));
        return builder.start();
    }

    private static byte[] newKey() {
        byte[] key = new byte[32];
        RANDOM.nextBytes(key);
        return Base64.getUrlEncoder().withoutPadding().encode(key);
    }

    /** Free at this moment; somebody may take it before the server does, and then the start is tried with another. */
    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
