package io.benchtop.service.connection;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.table.ReadableFile;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Files behind a guard. A stream has a place inside only while somebody waits for its next bytes: a reader of eight columns may
 * hold eight streams, and one that reads slowly keeps nobody out.
 */
final class GuardedFileSource implements FileSource {

    private final FileSource source;
    private final SourceGuard guard;

    GuardedFileSource(FileSource source, SourceGuard guard) {
        this.source = requireNonNull(source, "source is null");
        this.guard = requireNonNull(guard, "guard is null");
    }

    @Override
    public void test() throws IOException {
        guard.call(() -> {
            source.test();
            return true;
        });
    }

    @Override
    public List<SourceFile> list(String path, int most) throws IOException {
        return guard.call(() -> source.list(path, most));
    }

    @Override
    public ReadableFile open(SourceFile file) {
        return new GuardedFile(source.open(file), guard);
    }

    @Override
    public Optional<URI> presigned(SourceFile file, Duration life) {
        return source.presigned(file, life);
    }

    private record GuardedFile(ReadableFile file, SourceGuard guard) implements ReadableFile {

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
            return new GuardedStream(guard.call(() -> file.read(offset, length)), guard);
        }
    }

    private static final class GuardedStream extends InputStream {

        private final InputStream bytes;
        private final SourceGuard guard;

        GuardedStream(InputStream bytes, SourceGuard guard) {
            this.bytes = bytes;
            this.guard = guard;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            guard.enter();
            try {
                return bytes.read(into, offset, length);
            } catch (IOException | RuntimeException e) {
                guard.failed(e);
                throw e;
            } finally {
                guard.leave();
            }
        }

        @Override
        public int available() throws IOException {
            return bytes.available();
        }

        @Override
        public void close() throws IOException {
            bytes.close();
        }
    }
}
