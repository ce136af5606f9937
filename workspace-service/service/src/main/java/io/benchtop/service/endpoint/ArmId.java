package io.benchtop.service.endpoint;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Names one version behind one endpoint; always the same for the same two, so that what runs is found again. */
public record ArmId(EndpointId endpoint, ServedVersion version) {

    public ArmId {
        requireNonNull(endpoint, "endpoint is null");
        requireNonNull(version, "version is null");
    }

    /** A name for folders and objects of a cluster: at most 36 characters of a to z, 0 to 9 and hyphens. */
    public String key() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest(version.toString().getBytes(StandardCharsets.UTF_8));
            return endpoint.value().replace('_', '-') + "-" + HexFormat.of().formatHex(hash, 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return endpoint + "/" + version;
    }
}
