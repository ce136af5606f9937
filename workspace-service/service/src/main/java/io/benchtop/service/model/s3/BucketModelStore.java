package io.benchtop.service.model.s3;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.dataset.FilePath;
import io.benchtop.service.model.ModelPlace;
import io.benchtop.service.model.ModelStore;
import io.benchtop.service.model.PublishedFile;
import io.benchtop.service.problem.ErrorCode;
import io.benchtop.service.problem.ProblemException;
import io.benchtop.service.table.ReadableFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Versions in a bucket, each file an object of its own below {@code models/<name>/<version>/}; the manifest, which comes last, makes a
 * version of what is there. An object is there whole or not at all, so pieces of a file are objects of their own, in {@code uploads},
 * until the last one has come. Whoever reads a version compares each file with the hash that the manifest says.
 */
public final class BucketModelStore implements ModelStore, AutoCloseable {

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String MANIFEST = "manifest.json";
    private static final int BUFFER = 1 << 16;

    private final ModelBucket place;
    private final S3Client client;
    private final Path temporary;

    /** @param temporary where files lie while they are checked */
    public BucketModelStore(ModelBucket place, Path temporary) {
        this.place = requireNonNull(place, "place is null");
        this.temporary = requireNonNull(temporary, "temporary is null");
        S3ClientBuilder builder = S3Client.builder()
                .httpClientBuilder(
                        Apache5HttpClient.builder().connectionTimeout(CONNECT).socketTimeout(PATIENCE))
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(place.accessKeyId(), place.secretKey())))
                .region(Region.of(place.region()))
                .forcePathStyle(place.pathStyle())
                // Stores other than Amazon's do not know the checksums that are younger than they.
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED);
        place.endpoint().ifPresent(builder::endpointOverride);
        this.client = builder.build();
    }

    /** There is one: the bucket. */
    @Override
    public void requirePlace() {}

    private String prefix() {
        return place.prefix().isEmpty() ? "" : place.prefix() + "/";
    }

    private String folder(ModelPlace version) {
        return prefix() + "models/" + version.path() + "/";
    }

    private String key(ModelPlace version, String file) {
        return folder(version) + file;
    }

    private String pieces(ModelPlace version, PublishedFile file) {
        return prefix() + "uploads/" + version.path() + "/" + file.path() + "/";
    }

    @Override
    public long append(ModelPlace version, PublishedFile file, long offset, InputStream content) throws IOException {
        String key = key(version, file.path().value());
        OptionalLong there = size(key);
        if (there.isPresent() && there.getAsLong() == file.size()) {
            return file.size();
        }
        String pieces = pieces(version, file);
        long before = requireEnd(file, offset, list(pieces));
        Files.createDirectories(temporary);
        Path spooled = Files.createTempFile(temporary, "model-piece-", "");
        try {
            long length = spool(file, offset, content, spooled);
            OptionalLong whole = size(key);
            if (whole.isPresent() && whole.getAsLong() == file.size()) {
                throw ProblemException.of(
                        ErrorCode.CONFLICT,
                        "\"" + file.path()
                                + "\" came by another request meanwhile. Ask how much of it is there, and go on.");
            }
            if (length == file.size()) {
                put(key, spooled);
                return length;
            }
            put(pieces + "%020d".formatted(before), spooled);
            long size = before + length;
            if (size == file.size()) {
                join(file, pieces, key);
            }
            return size;
        } finally {
            Files.delete(spooled);
        }
    }

    /** Where the next piece begins. */
    private long requireEnd(PublishedFile file, long offset, List<S3Object> pieces) {
        if (offset == 0) {
            pieces.forEach(piece -> delete(piece.key()));
            return 0;
        }
        long size = pieces.stream().mapToLong(S3Object::size).sum();
        if (offset != size) {
            throw ProblemException.of(
                    ErrorCode.WRONG_OFFSET,
                    "There are " + size + " bytes of \"" + file.path() + "\", not " + offset + ". Go on from " + size
                            + ", or from 0 to begin anew.");
        }
        return size;
    }

    /** A bucket wants to know beforehand how much comes. */
    private static long spool(PublishedFile file, long offset, InputStream content, Path spooled) throws IOException {
        try (OutputStream out = Files.newOutputStream(spooled)) {
            byte[] buffer = new byte[BUFFER];
            long length = 0;
            for (int count = content.read(buffer); count >= 0; count = content.read(buffer)) {
                length += count;
                if (offset + length > file.size()) {
                    throw ProblemException.of(
                            ErrorCode.TOO_LARGE,
                            "\"" + file.path() + "\" was announced with " + file.size()
                                    + " bytes, and more came. Begin a version that says its size.");
                }
                out.write(buffer, 0, count);
            }
            return length;
        }
    }

    private void put(String key, Path content) {
        try {
            client.putObject(object -> object.bucket(place.bucket()).key(key), RequestBody.fromFile(content));
        } catch (SdkException e) {
            throw away(e);
        }
    }

    private void join(PublishedFile file, String pieces, String key) throws IOException {
        Path whole = Files.createTempFile(temporary, "model-file-", "");
        try {
            List<S3Object> all = list(pieces);
            try (OutputStream out = Files.newOutputStream(whole)) {
                for (S3Object piece : all) {
                    try (InputStream content = new BucketFile(file.path().value(), piece.size(), piece.key()).read()) {
                        content.transferTo(out);
                    }
                }
            }
            put(key, whole);
            all.forEach(piece -> delete(piece.key()));
        } finally {
            Files.delete(whole);
        }
    }

    /** In the order of their names. */
    private List<S3Object> list(String prefix) {
        try {
            return client
                    .listObjectsV2Paginator(list -> list.bucket(place.bucket()).prefix(prefix))
                    .contents()
                    .stream()
                    .sorted(Comparator.comparing(S3Object::key))
                    .toList();
        } catch (SdkException e) {
            throw away(e);
        }
    }

    private OptionalLong size(String key) {
        try {
            return OptionalLong.of(
                    client.headObject(object -> object.bucket(place.bucket()).key(key))
                            .contentLength());
        } catch (S3Exception e) {
            if (e.statusCode() == 404) {
                return OptionalLong.empty();
            }
            throw away(e);
        } catch (SdkException e) {
            throw away(e);
        }
    }

    private void delete(String key) {
        try {
            client.deleteObject(object -> object.bucket(place.bucket()).key(key));
        } catch (SdkException e) {
            throw away(e);
        }
    }

    private static ProblemException away(SdkException cause) {
        ProblemException problem = ProblemException.retryLater(
                ErrorCode.UNAVAILABLE,
                "The bucket for models does not answer as it should. Try again, or tell an administrator to look at it.",
                Duration.ofSeconds(5));
        problem.initCause(cause);
        return problem;
    }

    @Override
    public ReadableFile uploaded(ModelPlace version, PublishedFile file) throws IOException {
        return open(version, file.path());
    }

    private ReadableFile open(ModelPlace version, FilePath file) throws IOException {
        String key = key(version, file.value());
        OptionalLong size = size(key);
        if (size.isEmpty()) {
            throw new NoSuchFileException(file.value());
        }
        return new BucketFile(file.value(), size.getAsLong(), key);
    }

    private final class BucketFile implements ReadableFile {

        private final String name;
        private final long size;
        private final String key;

        BucketFile(String name, long size, String key) {
            this.name = name;
            this.size = size;
            this.key = key;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public long size() {
            return size;
        }

        @Override
        public InputStream read(long offset, long length) {
            long end = Math.min(size, offset + length);
            if (offset >= end) {
                return InputStream.nullInputStream();
            }
            try {
                return client.getObject(
                        object -> object.bucket(place.bucket()).key(key).range("bytes=" + offset + "-" + (end - 1)));
            } catch (SdkException e) {
                throw away(e);
            }
        }
    }

    @Override
    public void discard(ModelPlace version, PublishedFile file) {
        delete(key(version, file.path().value()));
    }

    @Override
    public LocalFiles open(ModelPlace version, List<PublishedFile> files) throws IOException {
        Files.createDirectories(temporary);
        Copy copy = new Copy(Files.createTempDirectory(temporary, "model-check-"));
        try {
            for (PublishedFile file : files) {
                Path target = copy.folder().resolve(file.path().value());
                Files.createDirectories(requireNonNull(target.getParent()));
                try (InputStream content = open(version, file.path()).read()) {
                    Files.copy(content, target);
                }
            }
            return copy;
        } catch (IOException | RuntimeException e) {
            copy.close();
            throw e;
        }
    }

    private record Copy(Path folder) implements LocalFiles {

        @Override
        public void close() throws IOException {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(each);
                }
            }
        }
    }

    @Override
    public void publish(ModelPlace version, List<PublishedFile> files, byte[] manifest) {
        try {
            client.putObject(
                    object -> object.bucket(place.bucket()).key(key(version, MANIFEST)),
                    RequestBody.fromBytes(manifest));
        } catch (SdkException e) {
            throw away(e);
        }
    }

    @Override
    public ReadableFile read(ModelPlace version, FilePath file) throws IOException {
        if (size(key(version, MANIFEST)).isEmpty()) {
            throw new NoSuchFileException(version.path());
        }
        return open(version, file);
    }

    /** The manifest first, so that nobody sees half a version. */
    @Override
    public void remove(ModelPlace version) {
        delete(key(version, MANIFEST));
        list(folder(version)).forEach(each -> delete(each.key()));
        list(prefix() + "uploads/" + version.path() + "/").forEach(each -> delete(each.key()));
    }

    @Override
    public void close() {
        client.close();
    }
}
