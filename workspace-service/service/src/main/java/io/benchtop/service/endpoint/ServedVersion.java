package io.benchtop.service.endpoint;

/**
 * A model version as an endpoint names it.
 *
 * @param model the registered model's name
 * @param version such as {@code 0.0.1}
 */
public record ServedVersion(String model, String version) {

    public ServedVersion {
        if (model.isEmpty() || version.isEmpty()) {
            throw new IllegalArgumentException(
                    "a served version has a model and a version, not " + model + "@" + version);
        }
    }

    @Override
    public String toString() {
        return model + "@" + version;
    }
}
