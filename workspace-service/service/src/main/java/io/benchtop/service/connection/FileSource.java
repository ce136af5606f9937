package io.benchtop.service.connection;

import io.benchtop.service.table.ReadableFile;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Port: files of a source, read only. Every call ends in bounded time. A source that does not answer is a {@code ProblemException}
 * {@code SOURCE_AWAY}; one that refuses (password, right, no such bucket) is {@code CONNECTION_FAILED}; both say which and what to do.
 */
public interface FileSource {

    /** Asks for what there is, to see whether it answers and may be read. */
    void test() throws IOException;

    /**
     * All files below a folder, or the one file of that path, by path; names that begin with a dot or an underscore are left out, as
     * every reader of partitioned data does.
     *
     * @param path below the connection's own root, without a slash at its ends; empty for all
     * @param most more than these are {@code TOO_LARGE}
     */
    List<SourceFile> list(String path, int most) throws IOException;

    /** Reads exactly the state that was listed: a file that was changed since is {@code VERSION_CHANGED}, with its name. */
    ReadableFile open(SourceFile file);

    /** An address from which anybody who knows it can read this file for a while; none if a source has no such. */
    Optional<URI> presigned(SourceFile file, Duration life);

    /**
     * A file in one state.
     *
     * @param path below the connection's root
     * @param size in bytes
     * @param state an entity tag, an object's version, or what else changes with the content
     */
    record SourceFile(String path, long size, String state) {}
}
