package io.benchtop.service.dataset;

import io.benchtop.service.table.ReadableFile;
import java.io.IOException;
import java.io.InputStream;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;

/** A file whose streams break off when the right to read was withdrawn. */
record WatchedFile(ReadableFile file, InstantSource clock, BooleanSupplier allowed) implements ReadableFile {

    @Override
    public String name() {
        return file.name();
    }

    @Override
    public long size() {
        return file.size();
    }

    @Override
    public InputStream read(long offset, long length) throws IOException {
        return new WatchedStream(file.read(offset, length), clock, allowed);
    }
}
