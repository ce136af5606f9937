package io.benchtop.service.experiment;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/** Port: where the files of runs are kept. */
public interface ArtifactStore {

    /** What lies directly in a folder, by name; nothing if there is no such folder. */
    List<Entry> list(ArtifactPath folder) throws IOException;

    /** The content of a file; the caller closes it. */
    Optional<Content> open(ArtifactPath file) throws IOException;

    /**
     * Keeps all of the content, or nothing: a file is there when it is whole, and replaces one of its name then.
     *
     * @throws java.nio.file.FileSystemException if there is a folder of that name, or a file where a folder would have to be
     * @throws IOException if the content breaks off or cannot be kept
     */
    void write(ArtifactPath file, InputStream content) throws IOException;

    /** Removes a file, or a folder with all that is in it; false if there is none. */
    boolean remove(ArtifactPath path) throws IOException;

    /** @param size in bytes; 0 of a folder */
    record Entry(String name, boolean isFolder, long size) {}

    /** @param size in bytes */
    record Content(InputStream stream, long size) {}
}
