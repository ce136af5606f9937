package io.benchtop.service.experiment;

import static java.util.Objects.requireNonNull;

/** Runs that do not have the field come last, whichever way the others go. */
public record RunOrder(RunField field, boolean descending) {

    public RunOrder {
        requireNonNull(field, "field is null");
    }
}
