package io.benchtop.service.table;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Locale;

/** What must hold of one column of a row. A missing value meets no condition but {@link Missing}. */
public sealed interface Condition {

    Column column();

    /** @param value of the column's class */
    record Comparison(Column column, Operator operator, Object value) implements Condition {

        public Comparison {
            requireNonNull(column, "column is null");
            requireNonNull(operator, "operator is null");
            requireNonNull(value, "value is null");
        }
    }

    /** @param values at least one, each of the column's class */
    record OneOf(Column column, List<Object> values) implements Condition {

        public OneOf {
            requireNonNull(column, "column is null");
            values = List.copyOf(values);
        }
    }

    /** @param missing whether the value must be missing, or must not */
    record Missing(Column column, boolean missing) implements Condition {

        public Missing {
            requireNonNull(column, "column is null");
        }
    }

    /** @param pattern {@code %} stands for any text, {@code _} for one character */
    record Like(Column column, String pattern) implements Condition {

        public Like {
            requireNonNull(column, "column is null");
            requireNonNull(pattern, "pattern is null");
        }
    }

    /** How a value stands to another. */
    enum Operator {
        EQUAL("="),
        UNEQUAL("!="),
        LESS("<"),
        AT_MOST("<="),
        GREATER(">"),
        AT_LEAST(">=");

        private final String sign;

        Operator(String sign) {
            this.sign = sign;
        }

        public String sign() {
            return sign;
        }

        boolean holds(int compared) {
            return switch (this) {
                case EQUAL -> compared == 0;
                case UNEQUAL -> compared != 0;
                case LESS -> compared < 0;
                case AT_MOST -> compared <= 0;
                case GREATER -> compared > 0;
                case AT_LEAST -> compared >= 0;
            };
        }

        static Operator of(String sign) {
            for (Operator each : values()) {
                if (each.sign.equals(sign)) {
                    return each;
                }
            }
            return switch (sign.toLowerCase(Locale.ROOT)) {
                case "==" -> EQUAL;
                case "<>" -> UNEQUAL;
                default -> throw new IllegalArgumentException(sign);
            };
        }
    }
}
