package io.benchtop.service.experiment;

import io.benchtop.service.experiment.FilterTokens.Token;
import java.util.List;
import java.util.function.Predicate;

/** Reads searches for logged models as MLflow writes them: {@code source_run_id = '…' and metrics.accuracy > 0.9}. */
final class ModelSearch extends TextSearch<MeasuredModel> {

    private final List<MeasuredData> data;
    private boolean asksMetrics;

    /** @param data metrics count only if they were measured on some of it; any do if there is none */
    ModelSearch(FilterTokens tokens, List<MeasuredData> data) {
        super(tokens);
        this.data = List.copyOf(data);
    }

    /** Whether one of the conditions that were read is about a metric. */
    boolean asksMetrics() {
        return asksMetrics;
    }

    boolean isOnTheData(ModelMetric.Told told) {
        return data.isEmpty() || data.stream().anyMatch(one -> one.fits(told.metric()));
    }

    @Override
    protected Predicate<MeasuredModel> condition(Token field) {
        if (field.text().startsWith("tags.")) {
            String key = key(field, "tags.");
            return text(one -> one.model().tags().get(key));
        }
        if (field.text().startsWith("params.")) {
            String key = key(field, "params.");
            return text(one -> one.model().params().get(key));
        }
        if (field.text().startsWith("metrics.")) {
            return metric(key(field, "metrics."));
        }
        return switch (attribute(field)) {
            case "name" -> text(one -> one.model().name());
            case "model_id" -> text(one -> one.model().id());
            case "model_type" -> text(one -> one.model().type());
            case "status" -> text(one -> one.model().status().name().replace("LOGGED_MODEL_", ""));
            case "source_run_id" -> text(one -> one.model().sourceRun());
            case "creation_timestamp", "creation_time" ->
                number(one -> one.model().createdAt());
            case "last_updated_timestamp", "last_updated_time" ->
                number(one -> one.model().changedAt());
            default ->
                throw tokens.refused(
                        field,
                        "logged models are searched by name, model_id, model_type, status, source_run_id,"
                                + " creation_timestamp, last_updated_timestamp, metrics.<name>, params.<name> and"
                                + " tags.<name>");
        };
    }

    /** Met if it holds for any value that was told. */
    private Predicate<MeasuredModel> metric(String key) {
        asksMetrics = true;
        Predicate<Double> test = decimal();
        return model -> model.metrics().stream()
                .filter(this::isOnTheData)
                .map(told -> told.metric().metric())
                .anyMatch(metric -> metric.key().equals(key) && test.test(metric.value()));
    }
}
