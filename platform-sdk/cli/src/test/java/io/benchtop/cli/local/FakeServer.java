package io.benchtop.cli.local;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

/** A server of a user, as its shim records it: a session of its own and a child below it. */
final class FakeServer {

    private FakeServer() {}

    static ProcessMark startIn(DataFolder data, String id) throws IOException {
        var folder = data.servers().resolve(id);
        Files.createDirectories(folder);
        var line = new LaunchLine(
                "server",
                List.of("/bin/sh", "-c", "sleep 600 & wait"),
                java.util.Map.of(),
                folder.resolve("server.log"));
        var mark = ProcessMark.of(ChildProcess.start(line, "python3").pid()).orElseThrow();
        Files.writeString(
                folder.resolve("server.json"),
                "{\"pid\":1,\"shimPid\":%d,\"startTicks\":%d,\"generation\":1}"
                        .formatted(mark.pid(), mark.startTicks()));
        return mark;
    }
}
