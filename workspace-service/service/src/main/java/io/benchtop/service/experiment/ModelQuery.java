package io.benchtop.service.experiment;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.problem.ProblemException;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/**
 * Which logged models somebody wants to see, and in which order.
 *
 * @param needsMetrics whether either can be told without what was measured
 */
public record ModelQuery(Predicate<MeasuredModel> filter, Comparator<MeasuredModel> order, boolean needsMetrics) {

    public ModelQuery {
        requireNonNull(filter, "filter is null");
        requireNonNull(order, "order is null");
    }

    /**
     * Reads a search.
     *
     * @param filter as {@link ModelSearch} reads it
     * @param data metrics count only if they were measured on some of it; each needs a name
     * @param orders the first counts most
     */
    public static ModelQuery of(String filter, List<MeasuredData> data, List<ModelOrder> orders) {
        if (data.stream().anyMatch(one -> one.name() == null)) {
            throw ProblemException.invalidField("datasets", "each needs a dataset_name");
        }
        ModelSearch search = new ModelSearch(new FilterTokens("filter", filter), data);
        Predicate<MeasuredModel> conditions = search.all();
        Predicate<MeasuredModel> measured = data.isEmpty() || search.asksMetrics()
                ? conditions
                : conditions.and(model -> model.metrics().stream().anyMatch(search::isOnTheData));
        boolean needsMetrics =
                search.asksMetrics() || !data.isEmpty() || orders.stream().anyMatch(ModelOrder::isOfMetrics);
        return new ModelQuery(measured, ModelOrder.all(orders), needsMetrics);
    }
}
