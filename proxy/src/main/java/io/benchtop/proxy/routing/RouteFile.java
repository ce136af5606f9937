package io.benchtop.proxy.routing;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import io.benchtop.api.routing.RouteTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last known table on disk, so that a restarted proxy serves while workspace-service is away. It holds the servers'
 * identity keys and is therefore readable by its owner only; it is replaced in one step, never half written.
 */
final class RouteFile {

    private static final Logger LOG = LoggerFactory.getLogger(RouteFile.class);

    private final Path file;
    private final Gson gson;

    RouteFile(Path file, Gson gson) {
        this.file = file;
        this.gson = gson;
    }

    Optional<RouteTable> read() {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(gson.fromJson(Files.readString(file), RouteTable.class));
        } catch (IOException | JsonParseException | IllegalArgumentException | NullPointerException e) {
            LOG.warn("the kept route table is unreadable and is ignored file={} reason={}", file, e.toString());
            return Optional.empty();
        }
    }

    void write(RouteTable table) {
        try {
            Path folder = file.toAbsolutePath().getParent();
            Files.createDirectories(folder);
            Path draft = Files.createTempFile(
                    folder,
                    "routes",
                    ".tmp",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(draft, gson.toJson(table));
            Files.move(draft, file, ATOMIC_MOVE, REPLACE_EXISTING);
        } catch (IOException e) {
            LOG.warn("the route table could not be kept on disk file={} reason={}", file, e.toString());
        }
    }
}
