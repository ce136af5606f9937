package io.benchtop.service.experiment;

import io.benchtop.service.experiment.FilterTokens.Token;
import java.util.Comparator;
import java.util.function.Predicate;

/**
 * Reads searches for experiments as MLflow writes them: {@code name LIKE 'iris%' and tags.team = 'a'}. A person has so few
 * that they are looked through here.
 *
 * @see <a href="https://mlflow.org/docs/latest/ml/search/search-experiments/">MLflow: Search Experiments</a>
 */
public final class ExperimentSearch extends TextSearch<Experiment> {

    private static final String FIELDS =
            "experiments are searched by name, creation_time, last_update_time and tags.<name>";

    private ExperimentSearch(FilterTokens tokens) {
        super(tokens);
    }

    /** What an experiment must meet; an empty search asks for nothing. */
    public static Predicate<Experiment> filter(String text) {
        return new ExperimentSearch(new FilterTokens("filter", text)).all();
    }

    /** By a field with ASC or DESC behind it, or nothing. */
    public static Comparator<Experiment> order(String text) {
        FilterTokens tokens = new FilterTokens("order_by", text);
        Token field = tokens.next("a field");
        Comparator<Experiment> order = switch (attribute(field)) {
            case "name" -> Comparator.comparing(Experiment::name);
            case "experiment_id" -> Comparator.comparing(one -> one.id().value());
            case "creation_time" -> Comparator.comparingLong(Experiment::createdAt);
            case "last_update_time" -> Comparator.comparingLong(Experiment::changedAt);
            default -> throw tokens.refused(field, "order by name, experiment_id, creation_time or last_update_time");
        };
        return tokens.endsDescending() ? order.reversed() : order;
    }

    @Override
    protected Predicate<Experiment> condition(Token field) {
        if (field.text().startsWith("tags.")) {
            String key = key(field, "tags.");
            return text(experiment -> experiment.tags().get(key));
        }
        return switch (attribute(field)) {
            case "name" -> text(Experiment::name);
            case "creation_time" -> number(Experiment::createdAt);
            case "last_update_time" -> number(Experiment::changedAt);
            default -> throw tokens.refused(field, FIELDS);
        };
    }
}
