package io.benchtop.service;

import java.net.URI;
import java.nio.file.Path;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** An S3 server that checks signatures, with its objects in a folder. */
public final class TestingStore implements AutoCloseable {

    public static final String KEY = "AKIDEXAMPLE";

    private final S3Proxy server;
    private final S3Client client;

    private TestingStore(S3Proxy server, S3Client client) {
        this.server = server;
        this.client = client;
    }

    public static TestingStore start(Path folder, String secret) throws Exception {
        S3Proxy server = S3Proxy.builder()
                .blobStore(new FilesystemNio2BlobStore(folder.toAbsolutePath().toString()))
                .endpoint(URI.create("http://127.0.0.1:0"))
                .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, KEY, secret)
                .build();
        server.start();
        S3Client client = S3Client.builder()
                .endpointOverride(URI.create("http://127.0.0.1:" + server.getPort()))
                .region(Region.US_EAST_1)
                .forcePathStyle(true)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(KEY, secret)))
                .build();
        return new TestingStore(server, client);
    }

    public int port() {
        return server.getPort();
    }

    public void createBucket(String name) {
        client.createBucket(bucket -> bucket.bucket(name));
    }

    public void put(String bucket, String key, String content) {
        client.putObject(object -> object.bucket(bucket).key(key), RequestBody.fromString(content));
    }

    public void remove(String bucket, String key) {
        client.deleteObject(object -> object.bucket(bucket).key(key));
    }

    @Override
    public void close() {
        client.close();
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the S3 server does not stop", e);
        }
    }
}
