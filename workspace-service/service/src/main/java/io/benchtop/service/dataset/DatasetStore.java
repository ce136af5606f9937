package io.benchtop.service.dataset;

import io.benchtop.service.table.ReadableFile;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/**
 * Port: where the files lie that people and notebooks hand over. They stay where they were uploaded for ever; what makes them a
 * version is its manifest, so that there is no half version, whenever a service is killed.
 */
public interface DatasetStore {

    /**
     * Asked before an upload begins.
     *
     * @throws io.benchtop.service.problem.ProblemException {@code UNAVAILABLE} if an administrator has not said where files are kept
     */
    void requirePlace();

    /**
     * Adds to the end of a file, or begins it anew with offset 0. What came before a break stays, and can be gone on from.
     *
     * @param offset the size so far
     * @return the size then
     * @throws io.benchtop.service.problem.ProblemException {@code WRONG_OFFSET} if the file has another size, {@code BAD_REQUEST} if
     *     there is a folder of that name or a file where a folder would have to be
     */
    long append(DatasetId dataset, UploadId upload, FilePath file, long offset, InputStream content) throws IOException;

    /** What was uploaded so far, by path. */
    List<StoredFile> list(DatasetId dataset, UploadId upload) throws IOException;

    /** Makes sure that what is there stays there when the machine loses power. */
    void sync(DatasetId dataset, UploadId upload, FilePath file) throws IOException;

    /** Reading it fails with {@link java.nio.file.NoSuchFileException} if it is not there. */
    ReadableFile open(DatasetId dataset, UploadId upload, FilePath file) throws IOException;

    void remove(DatasetId dataset, UploadId upload) throws IOException;

    void remove(DatasetId dataset) throws IOException;

    /** A folder of this machine with the files of an upload, for programs on the same machine; empty if there is none. */
    Optional<String> folder(DatasetId dataset, UploadId upload);

    /** @param size in bytes */
    record StoredFile(FilePath path, long size) {}
}
