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
 * Versions in a bucket, each file an object of its own below {@code models/<name>/<version>/}. An object is there whole or not at
 * all, so a file comes in one piece, and the manifest, which comes last, makes a version of what is there. Whoever reads a version
 * compares each file with the hash that the manifest says.
 */
public final class BucketModelStore implements ModelStore, AutoCloseable {

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String MANIFEST = "manifest.json";

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

    private String folder(ModelPlace version) {
        return (place.prefix().isEmpty() ? "" : place.prefix() + "/") + "models/" + version.path() + "/";
    }

    private String key(ModelPlace version, String file) {
        return folder(version) + file;
    }

    @Override
    public long append(ModelPlace version, PublishedFile file, long offset, InputStream content) throws IOException {
        String key = key(version, file.path().value());
        OptionalLong there = size(key);
        if (there.isPresent() && there.getAsLong() == file.size()) {
            return file.size();
        }
        if (offset != 0) {
            throw ProblemException.of(
                    ErrorCode.WRONG_OFFSET,
                    "There are 0 bytes of \"" + file.path() + "\", not " + offset
                            + ". Files are kept whole here: send it from 0, in one piece.");
        }
        try {
            client.putObject(
                    object -> object.bucket(place.bucket()).key(key),
                    RequestBody.fromInputStream(content, file.size()));
        } catch (S3Exception e) {
            throw away(e);
        } catch (SdkException e) {
            throw new IOException("\"" + file.path() + "\" was not kept whole", e);
        }
        if (content.read() >= 0) {
            delete(key);
            throw ProblemException.of(
                    ErrorCode.TOO_LARGE,
                    "\"" + file.path() + "\" was announced with " + file.size()
                            + " bytes, and more came. Begin a version that says its size.");
        }
        return file.size();
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
        try {
            client
                    .listObjectsV2Paginator(list -> list.bucket(place.bucket()).prefix(folder(version)))
                    .contents()
                    .stream()
                    .map(S3Object::key)
                    .toList()
                    .forEach(this::delete);
        } catch (SdkException e) {
            throw away(e);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
