package io.benchtop.service.connection.s3;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.connection.Connection;
import io.benchtop.service.connection.ConnectionSettings.ObjectStorage;
import io.benchtop.service.connection.FileSource;
import io.benchtop.service.connection.NetworkPolicy;
import io.benchtop.service.connection.Secret;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.http.apache5.ProxyConfiguration;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/**
 * Makes sources of buckets. All share one HTTP client, which looks names up by {@link CheckedNames}, follows no redirect and uses no
 * proxy; nothing of the machine's own AWS files reaches a source of somebody's.
 */
public final class S3Sources implements AutoCloseable {

    private static final int CONNECTIONS = 256;
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final ProfileFile NO_PROFILES = ProfileFile.aggregator().build();

    private final SdkHttpClient http;
    private final Duration patience;

    public S3Sources(NetworkPolicy policy) {
        this(policy, Duration.ofSeconds(30));
    }

    /** @param patience with the first answer, and with each piece of a body */
    S3Sources(NetworkPolicy policy, Duration patience) {
        this.patience = requireNonNull(patience, "patience is null");
        this.http = Apache5HttpClient.builder()
                .dnsResolver(new CheckedNames(policy))
                .proxyConfiguration(ProxyConfiguration.builder()
                        .useSystemPropertyValues(false)
                        .useEnvironmentVariableValues(false)
                        .build())
                .maxConnections(CONNECTIONS)
                .connectionTimeout(CONNECT)
                .connectionAcquisitionTimeout(CONNECT)
                .socketTimeout(patience)
                .connectionMaxIdleTime(Duration.ofMinutes(1))
                .build();
    }

    public FileSource open(Connection connection, ObjectStorage storage, Secret secret) {
        StaticCredentialsProvider credentials =
                StaticCredentialsProvider.create(AwsBasicCredentials.create(storage.accessKeyId(), secret.text()));
        Region region = Region.of(storage.region());
        S3Configuration style = S3Configuration.builder()
                .pathStyleAccessEnabled(storage.pathStyle())
                .build();
        S3ClientBuilder client = S3Client.builder()
                .httpClient(http)
                .credentialsProvider(credentials)
                .region(region)
                .serviceConfiguration(style)
                // Stores other than Amazon's do not know the checksums that are younger than they.
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .overrideConfiguration(settings -> settings.apiCallTimeout(patience)
                        .defaultProfileFile(NO_PROFILES)
                        .retryStrategy(retries -> retries.maxAttempts(2)));
        S3Presigner.Builder presigner = S3Presigner.builder()
                .credentialsProvider(credentials)
                .region(region)
                .serviceConfiguration(style);
        if (storage.endpoint() != null) {
            client.endpointOverride(storage.endpoint());
            presigner.endpointOverride(storage.endpoint());
        }
        return new BucketFileSource(connection, storage, client.build(), presigner.build());
    }

    @Override
    public void close() {
        http.close();
    }
}
