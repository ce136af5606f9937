package io.benchtop.api.model;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * A version of a dataset that a model was made from.
 *
 * @param name such as {@code sales/orders}
 * @param version its number; null if that is not known
 */
public record ModelDataset(String name, @Nullable Long version) {

    public ModelDataset {
        requireNonNull(name, "name is null");
    }
}
