package io.benchtop.service.table;

import java.io.IOException;
import java.io.InputStream;

/** A file wherever it is kept, of which any piece can be read. For any number of threads. */
public interface ReadableFile {

    /** For messages: its path in the dataset. */
    String name();

    /** In bytes. */
    long size();

    /**
     * The bytes from an offset on; the caller closes the stream.
     *
     * @param length no more than these are read
     */
    InputStream read(long offset, long length) throws IOException;

    default InputStream read() throws IOException {
        return read(0, size());
    }
}
