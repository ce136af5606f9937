package io.benchtop.service.model;

import io.benchtop.service.experiment.FilterTokens;
import io.benchtop.service.experiment.FilterTokens.Token;
import io.benchtop.service.experiment.TextSearch;
import java.util.Comparator;
import java.util.function.Predicate;

/**
 * Reads searches for models as MLflow writes them: {@code name LIKE 'risk%' and tags.team = 'a'}. There are so few that they are looked
 * through here.
 *
 * @see <a href="https://mlflow.org/docs/latest/ml/model-registry/workflow/">MLflow: Model Registry</a>
 */
public final class ModelFilter extends TextSearch<RegisteredModel> {

    private static final String PROMPT = "mlflow.prompt.is_prompt";

    private ModelFilter(FilterTokens tokens) {
        super(tokens);
    }

    /** What a model must meet; an empty search asks for nothing. */
    public static Predicate<RegisteredModel> of(String text) {
        return new ModelFilter(new FilterTokens("filter", text)).all();
    }

    /** By a field with ASC or DESC behind it, or nothing. */
    public static Comparator<RegisteredModel> order(String text) {
        FilterTokens tokens = new FilterTokens("order_by", text);
        Token field = tokens.next("a field");
        Comparator<RegisteredModel> order = switch (attribute(field)) {
            case "name" -> Comparator.comparing(RegisteredModel::name);
            case "creation_timestamp" -> Comparator.comparing(RegisteredModel::createdAt);
            case "last_updated_timestamp", "timestamp" -> Comparator.comparing(RegisteredModel::changedAt);
            default -> throw tokens.refused(field, "order by name, creation_timestamp or last_updated_timestamp");
        };
        return tokens.endsDescending() ? order.reversed() : order;
    }

    @Override
    protected Predicate<RegisteredModel> condition(Token field) {
        if (field.text().matches("tags?\\..*")) {
            String key = key(field, field.text().substring(0, field.text().indexOf('.') + 1));
            // Clients ask on their own for what is no prompt; no model is one.
            return text(model -> {
                String found = model.tags().get(key);
                return found == null && key.equals(PROMPT) ? "false" : found;
            });
        }
        return switch (attribute(field)) {
            case "name" -> text(model -> model.name().value());
            default -> throw tokens().refused(field, "models are searched by name and tags.<name>");
        };
    }
}
