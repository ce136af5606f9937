package io.benchtop.service.model.s3;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.util.Optional;

/**
 * The bucket that an administrator set for models.
 *
 * @param prefix what the names of all objects begin with, without a slash at its end; may be empty
 * @param endpoint of a store other than Amazon's
 * @param secretKey never printed
 */
public record ModelBucket(
        String bucket,
        String prefix,
        String region,
        Optional<URI> endpoint,
        boolean pathStyle,
        String accessKeyId,
        String secretKey) {

    public ModelBucket {
        requireNonNull(endpoint, "endpoint is null");
        if (bucket.isBlank() || region.isBlank() || accessKeyId.isBlank() || secretKey.isBlank()) {
            throw new IllegalArgumentException(
                    "models in a bucket need the bucket, its region, the id of an access key and the file with its secret");
        }
    }

    @Override
    public String toString() {
        return "ModelBucket[" + bucket + "/" + prefix + "]";
    }
}
