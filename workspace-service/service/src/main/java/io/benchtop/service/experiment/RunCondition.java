package io.benchtop.service.experiment;

import static java.util.Objects.requireNonNull;

import java.util.List;

/** One thing that a search asks of a run. A run that does not have the field meets none but {@link Absent}. */
public sealed interface RunCondition {

    RunField field();

    /** A field against a number or text. */
    record Comparison(RunField field, Operator operator, Literal literal) implements RunCondition {
        public Comparison {
            requireNonNull(field, "field is null");
            requireNonNull(operator, "operator is null");
            requireNonNull(literal, "literal is null");
        }
    }

    /** Whether the field is, or is not, one of some texts. */
    record Membership(RunField field, boolean isIn, List<String> texts) implements RunCondition {
        public Membership {
            requireNonNull(field, "field is null");
            texts = List.copyOf(texts);
        }
    }

    /** Whether the run lacks, or has, the field. */
    record Absent(RunField field, boolean isAbsent) implements RunCondition {
        public Absent {
            requireNonNull(field, "field is null");
        }
    }

    /** How a field is compared. */
    enum Operator {
        EQUAL("="),
        UNEQUAL("!="),
        LESS("<"),
        LESS_OR_EQUAL("<="),
        GREATER(">"),
        GREATER_OR_EQUAL(">="),
        /** With % for any characters and _ for one. */
        LIKE("LIKE"),
        /** The same, in capitals or not. */
        ILIKE("ILIKE");

        private final String sign;

        Operator(String sign) {
            this.sign = sign;
        }

        public String sign() {
            return sign;
        }

        public boolean isPattern() {
            return this == LIKE || this == ILIKE;
        }
    }

    /** What a field is compared with. */
    sealed interface Literal {}

    record Numeral(double value) implements Literal {}

    record Text(String value) implements Literal {
        public Text {
            requireNonNull(value, "value is null");
        }
    }
}
