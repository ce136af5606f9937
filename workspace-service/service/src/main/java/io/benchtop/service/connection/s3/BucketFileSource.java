package io.benchtop.service.connection.s3;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.connection.Connection;
import io.benchtop.service.connection.ConnectionSettings.ObjectStorage;
import io.benchtop.service.connection.FileSource;
import io.benchtop.service.connection.SourcePath;
import io.benchtop.service.connection.SourceProblem;
import io.benchtop.service.table.ReadableFile;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** The objects of a bucket below a prefix. A file's state is its entity tag, and every read asks for that one. */
final class BucketFileSource implements FileSource {

    private static final Duration LONGEST_LIFE = Duration.ofMinutes(15);

    private final Connection connection;
    private final ObjectStorage storage;
    private final S3Client client;
    private final S3Presigner presigner;

    BucketFileSource(Connection connection, ObjectStorage storage, S3Client client, S3Presigner presigner) {
        this.connection = requireNonNull(connection, "connection is null");
        this.storage = requireNonNull(storage, "storage is null");
        this.client = requireNonNull(client, "client is null");
        this.presigner = requireNonNull(presigner, "presigner is null");
    }

    /** Asks for what every use needs: the right to list. */
    @Override
    public void test() {
        asked(() -> client.listObjectsV2(
                list -> list.bucket(storage.bucket()).prefix(key("")).maxKeys(1)));
    }

    @Override
    public List<SourceFile> list(String path, int most) {
        SourcePath.check(path);
        List<SourceFile> found = new ArrayList<>();
        String next = null;
        do {
            String after = next;
            ListObjectsV2Response page = asked(() -> client.listObjectsV2(
                    list -> list.bucket(storage.bucket()).prefix(folder(path)).continuationToken(after)));
            page.contents().forEach(object -> file(object, path).ifPresent(found::add));
            if (found.size() > most) {
                throw SourcePath.tooMany(most);
            }
            next = Boolean.TRUE.equals(page.isTruncated()) ? page.nextContinuationToken() : null;
        } while (next != null);
        if (found.isEmpty() && !path.isEmpty()) {
            one(path).ifPresent(found::add);
        }
        found.sort(Comparator.comparing(SourceFile::path));
        return List.copyOf(found);
    }

    private Optional<SourceFile> file(S3Object object, String path) {
        String name = object.key().substring(key("").length());
        String below = name.substring(path.isEmpty() ? 0 : path.length() + 1);
        // A key that ends with a slash is how some tools show an empty folder.
        return name.endsWith("/") || !SourcePath.isSeen(below)
                ? Optional.empty()
                : Optional.of(new SourceFile(name, object.size(), tag(name, object.eTag())));
    }

    private String tag(String file, @Nullable String tag) {
        if (tag == null) {
            throw SourceProblem.failed(
                    connection,
                    "The store tells no entity tag of \"" + file
                            + "\", so that nobody could see whether it was changed. Write it anew through the store.");
        }
        return tag;
    }

    private Optional<SourceFile> one(String path) {
        try {
            HeadObjectResponse head =
                    client.headObject(object -> object.bucket(storage.bucket()).key(key(path)));
            return Optional.of(new SourceFile(path, head.contentLength(), tag(path, head.eTag())));
        } catch (S3Exception e) {
            if (e.statusCode() == 404) {
                return Optional.empty();
            }
            throw S3Problem.of(connection, e);
        } catch (SdkException e) {
            throw S3Problem.of(connection, e);
        }
    }

    @Override
    public ReadableFile open(SourceFile file) {
        return new BucketFile(file);
    }

    @Override
    public Optional<URI> presigned(SourceFile file, Duration life) {
        Duration bounded = life.compareTo(LONGEST_LIFE) > 0 ? LONGEST_LIFE : life;
        return Optional.of(URI.create(presigner
                .presignGetObject(signing -> signing.signatureDuration(bounded)
                        .getObjectRequest(
                                object -> object.bucket(storage.bucket()).key(key(SourcePath.check(file.path())))))
                .url()
                .toString()));
    }

    private String key(String path) {
        return storage.prefix().isEmpty() ? path : storage.prefix() + "/" + path;
    }

    private String folder(String path) {
        return path.isEmpty() ? key("") : key(path) + "/";
    }

    private <T> T asked(Supplier<T> question) {
        try {
            return question.get();
        } catch (SdkException e) {
            throw S3Problem.of(connection, e);
        }
    }

    private final class BucketFile implements ReadableFile {

        private final SourceFile file;

        BucketFile(SourceFile file) {
            this.file = file;
        }

        @Override
        public String name() {
            return file.path();
        }

        @Override
        public long size() {
            return file.size();
        }

        @Override
        public InputStream read(long offset, long length) {
            long end = Math.min(file.size(), offset + length);
            if (offset >= end) {
                return InputStream.nullInputStream();
            }
            GetObjectRequest request = GetObjectRequest.builder()
                    .bucket(storage.bucket())
                    .key(key(SourcePath.check(file.path())))
                    .ifMatch(file.state())
                    .range("bytes=" + offset + "-" + (end - 1))
                    .build();
            try {
                return new BodyStream(client.getObject(request), end - offset);
            } catch (S3Exception e) {
                throw e.statusCode() == 412 || e.statusCode() == 404 || e.statusCode() == 416
                        ? SourcePath.changed(file)
                        : S3Problem.of(connection, e);
            } catch (SdkException e) {
                throw S3Problem.of(connection, e);
            }
        }
    }

    /** A body of which all that was promised comes, or a failure; closed early, what is left of it is not waited for. */
    private final class BodyStream extends FilterInputStream {

        private final ResponseInputStream<GetObjectResponse> body;
        private long left;

        BodyStream(ResponseInputStream<GetObjectResponse> body, long length) {
            super(body);
            this.body = body;
            this.left = length;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            if (left == 0) {
                return -1;
            }
            try {
                int count = body.read(into, offset, (int) Math.min(length, left));
                if (count < 0) {
                    throw new IOException("the body ended " + left + " bytes too soon");
                }
                left -= count;
                return count;
            } catch (IOException | SdkException e) {
                throw S3Problem.ofBody(connection, e);
            }
        }

        @Override
        public void close() throws IOException {
            if (left > 0) {
                body.abort();
            } else {
                body.close();
            }
        }
    }
}
