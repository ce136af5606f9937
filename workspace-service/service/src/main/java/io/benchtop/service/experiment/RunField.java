package io.benchtop.service.experiment;

import static java.util.Objects.requireNonNull;

/** What a run can be searched and ordered by. */
public sealed interface RunField {

    /** The latest value of a metric: a number. */
    record OfMetric(String key) implements RunField {
        public OfMetric {
            requireNonNull(key, "key is null");
        }
    }

    record OfParam(String key) implements RunField {
        public OfParam {
            requireNonNull(key, "key is null");
        }
    }

    record OfTag(String key) implements RunField {
        public OfTag {
            requireNonNull(key, "key is null");
        }
    }

    /** Something that each run has. */
    enum Attribute implements RunField {
        RUN_ID(false),
        RUN_NAME(false),
        STATUS(false),
        USER_ID(false),
        START_TIME(true),
        END_TIME(true);

        private final boolean number;

        Attribute(boolean number) {
            this.number = number;
        }
    }

    /** Of the data that a run read. */
    enum OfDataset implements RunField {
        NAME,
        DIGEST,
        /** What the run read it for, such as training. */
        CONTEXT
    }

    /** Whether it is compared as a number. */
    default boolean isNumber() {
        return switch (this) {
            case OfMetric _ -> true;
            case OfParam _, OfTag _, OfDataset _ -> false;
            case Attribute attribute -> attribute.number;
        };
    }
}
