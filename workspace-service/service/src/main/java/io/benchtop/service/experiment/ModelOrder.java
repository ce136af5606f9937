package io.benchtop.service.experiment;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.problem.ProblemException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What logged models are ordered by. Those that do not have it come last, whichever way the others go.
 *
 * @param field an attribute, or {@code metrics.} and the name of a metric
 * @param data on which a metric was measured
 */
public record ModelOrder(String field, boolean descending, MeasuredData data) {

    private static final int MOST = 10;
    private static final String METRICS = "metrics.";

    public ModelOrder {
        requireNonNull(field, "field is null");
        requireNonNull(data, "data is null");
    }

    /** The first counts most; the latest made comes first among equals. */
    static Comparator<MeasuredModel> all(List<ModelOrder> orders) {
        if (orders.size() > MOST) {
            throw ProblemException.invalidField(
                    "order_by", "names " + orders.size() + " fields, and at most " + MOST + " are possible");
        }
        Comparator<MeasuredModel> latest = Comparator.<MeasuredModel>comparingLong(
                        one -> one.model().createdAt())
                .reversed()
                .thenComparing(one -> one.model().id());
        return orders.stream()
                .map(ModelOrder::comparator)
                .reduce(Comparator::thenComparing)
                .map(order -> order.thenComparing(latest))
                .orElse(latest);
    }

    boolean isOfMetrics() {
        return field.startsWith(METRICS);
    }

    private Comparator<MeasuredModel> comparator() {
        if (isOfMetrics()) {
            String key = field.substring(METRICS.length());
            return by(one -> one.latest(key, data).orElse(null));
        }
        return switch (field) {
            case "name" -> by(one -> one.model().name());
            case "model_id" -> by(one -> one.model().id());
            case "model_type" -> by(one -> one.model().type());
            case "status" -> by(one -> one.model().status());
            case "source_run_id" -> by(one -> one.model().sourceRun());
            case "creation_time", "creation_timestamp" -> by(one -> one.model().createdAt());
            case "last_updated_time", "last_updated_timestamp" ->
                by(one -> one.model().changedAt());
            default ->
                throw ProblemException.invalidField(
                        "order_by",
                        "\"" + field + "\" is nothing that logged models are ordered by; possible are name, model_id,"
                                + " model_type, status, source_run_id, creation_timestamp, last_updated_timestamp and"
                                + " metrics.<name>");
        };
    }

    private <V extends Comparable<V>> Comparator<MeasuredModel> by(Function<MeasuredModel, @Nullable V> value) {
        Comparator<V> order = descending ? Comparator.reverseOrder() : Comparator.naturalOrder();
        return (one, other) ->
                compare(Optional.ofNullable(value.apply(one)), Optional.ofNullable(value.apply(other)), order);
    }

    private static <V> int compare(Optional<V> one, Optional<V> other, Comparator<V> order) {
        return one.isPresent() && other.isPresent()
                ? order.compare(one.get(), other.get())
                : Boolean.compare(one.isEmpty(), other.isEmpty());
    }
}
