package io.benchtop.service.wiring;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/** Where models are kept and how they are checked, from the environment ({@code BENCHTOP_MODEL_FOLDER} …). */
@ConfigurationProperties("benchtop.model")
public interface ModelConfig {

    /** Replicas must share it. Without it and without a bucket, in the data folder of one machine. */
    Optional<Path> getFolder();

    /** A bucket instead of a folder. */
    Optional<String> getBucket();

    /** What the names of all objects in the bucket begin with. */
    @Bindable(defaultValue = "")
    String getBucketPrefix();

    @Bindable(defaultValue = "us-east-1")
    String getBucketRegion();

    /** Of a store other than Amazon's. */
    Optional<URI> getBucketEndpoint();

    @Bindable(defaultValue = "false")
    boolean getBucketPathStyle();

    @Bindable(defaultValue = "")
    String getBucketAccessKeyId();

    /** The file with the secret of the access key. */
    Optional<Path> getBucketSecretFile();

    /** The jar of the model server, beside the folder {@code lib} with what it needs; without it no model is taken. */
    Optional<Path> getServer();

    /** How much memory a check may address, in MiB. */
    @Bindable(defaultValue = "8192")
    long getCheckMemory();

    /** How long a check may take. */
    @Bindable(defaultValue = "120")
    long getCheckSeconds();

    /** Networks in which receivers of webhooks may be though they are not public, such as {@code 10.0.0.0/8}; commas between. */
    @Bindable(defaultValue = "")
    String getWebhookNetworks();

    /** Whether webhooks may be sent without TLS. */
    @Bindable(defaultValue = "false")
    boolean getWebhookHttp();
}
