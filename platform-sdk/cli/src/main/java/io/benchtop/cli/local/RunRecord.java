package io.benchtop.cli.local;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import io.benchtop.cli.support.PrivateFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What {@code run/up.json} says about the running supervisor, and about what a killed one left behind.
 *
 * @param supervisorPid process of {@code benchtop up}
 * @param servicePid process of workspace-service; 0 before its start
 * @param proxyPid process of the proxy; 0 before its start
 * @param url where people go
 * @param serviceUrl where the proxy finds the service
 * @param version of Benchtop
 * @param supervisor the same process with its start, so that a reused number is not taken for it
 * @param service likewise
 * @param proxy likewise
 */
record RunRecord(
        long supervisorPid,
        long servicePid,
        long proxyPid,
        String url,
        String serviceUrl,
        String version,
        @Nullable ProcessMark supervisor,
        @Nullable ProcessMark service,
        @Nullable ProcessMark proxy) {

    static RunRecord of(
            String url, String serviceUrl, String version, @Nullable ProcessMark service, @Nullable ProcessMark proxy) {
        var own = ProcessHandle.current().pid();
        return new RunRecord(
                own,
                service == null ? 0 : service.pid(),
                proxy == null ? 0 : proxy.pid(),
                url,
                serviceUrl,
                version,
                ProcessMark.of(own).orElse(null),
                service,
                proxy);
    }

    void writeTo(Path file) {
        PrivateFile.write(file, new Gson().toJson(this) + "\n");
    }

    /** The record, if there is one; half a record of a full disk counts as none. */
    static Optional<RunRecord> read(Path file) {
        try {
            return Optional.ofNullable(new Gson().fromJson(Files.readString(file), RunRecord.class));
        } catch (IOException | JsonParseException e) {
            return Optional.empty();
        }
    }

    /** The children that still run. */
    Stream<ProcessMark> livingChildren() {
        return Stream.of(Optional.ofNullable(service), Optional.ofNullable(proxy))
                .flatMap(Optional::stream)
                .filter(ProcessMark::isAlive);
    }
}
