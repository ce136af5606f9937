package io.benchtop.service.model;

import io.benchtop.service.dataset.FilePath;
import io.benchtop.service.table.ReadableFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;

/**
 * Port: where the files of versions lie, below {@code models/<name in lower case>/<version>/}. A version is there when its manifest
 * is, which comes last; what is being uploaded is no version.
 */
public interface ModelStore {

    /**
     * Asked before an upload begins.
     *
     * @throws io.benchtop.service.problem.ProblemException {@code UNAVAILABLE} if an administrator has not said where files are kept
     */
    void requirePlace();

    /**
     * Adds to the end of a file that is uploaded, or begins it anew with offset 0. Nothing is added to one that is whole.
     *
     * @param offset the size so far
     * @return the size then
     * @throws io.benchtop.service.problem.ProblemException {@code WRONG_OFFSET} if the file has another size, {@code TOO_LARGE} if there
     *     is more than the file's size, {@code CONFLICT} if somebody else writes it at this moment
     */
    long append(ModelPlace place, PublishedFile file, long offset, InputStream content) throws IOException;

    /** A file that was uploaded whole. Reading it fails with {@link java.nio.file.NoSuchFileException} if it is not there. */
    ReadableFile uploaded(ModelPlace place, PublishedFile file) throws IOException;

    /** Forgets a file that was uploaded. */
    void discard(ModelPlace place, PublishedFile file) throws IOException;

    /** What was uploaded, in a folder of this machine, until it is closed. Of a version that was published, that. */
    LocalFiles open(ModelPlace place, List<PublishedFile> files) throws IOException;

    /** Makes a version of what was uploaded; the same however often. It stays there when the machine loses power. */
    void publish(ModelPlace place, List<PublishedFile> files, byte[] manifest) throws IOException;

    /** A file of a version. Fails with {@link java.nio.file.NoSuchFileException} if there is no such version or file. */
    ReadableFile read(ModelPlace place, FilePath file) throws IOException;

    /** Removes a version and what was uploaded for it. */
    void remove(ModelPlace place) throws IOException;

    /** Files on this machine. */
    interface LocalFiles extends AutoCloseable {

        Path folder();

        @Override
        void close() throws IOException;
    }
}
