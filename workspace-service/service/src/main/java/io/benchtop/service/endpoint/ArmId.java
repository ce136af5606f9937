package io.benchtop.service.endpoint;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.model.Digest;

/** Names one version behind one endpoint; always the same for the same two, so that what runs is found again. */
public record ArmId(EndpointId endpoint, ServedVersion version) {

    private static final int VERSION_DIGITS = 12;

    public ArmId {
        requireNonNull(endpoint, "endpoint is null");
        requireNonNull(version, "version is null");
    }

    /** A name for folders and objects of a cluster: at most 36 characters of a to z, 0 to 9 and hyphens. */
    public String key() {
        return endpoint.value().replace('_', '-') + "-"
                + Digest.of(version.toString()).substring(0, VERSION_DIGITS);
    }

    @Override
    public String toString() {
        return endpoint + "/" + version;
    }
}
