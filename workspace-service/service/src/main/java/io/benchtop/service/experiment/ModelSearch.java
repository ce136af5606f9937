package io.benchtop.service.experiment;

import io.benchtop.service.experiment.FilterTokens.Token;
import java.util.function.Predicate;

/** Reads searches for logged models as MLflow writes them: {@code source_run_id = '…' and params.depth = '3'}. */
final class ModelSearch extends TextSearch<LoggedModel> {

    private ModelSearch(FilterTokens tokens) {
        super(tokens);
    }

    static Predicate<LoggedModel> filter(String text) {
        return new ModelSearch(new FilterTokens("filter", text)).all();
    }

    @Override
    Predicate<LoggedModel> condition(Token field) {
        if (field.text().startsWith("tags.")) {
            String key = key(field, "tags.");
            return text(model -> model.tags().get(key));
        }
        if (field.text().startsWith("params.")) {
            String key = key(field, "params.");
            return text(model -> model.params().get(key));
        }
        return switch (attribute(field)) {
            case "name" -> text(LoggedModel::name);
            case "model_id" -> text(LoggedModel::id);
            case "model_type" -> text(LoggedModel::type);
            case "status" -> text(model -> model.status().name().replace("LOGGED_MODEL_", ""));
            case "source_run_id" -> text(LoggedModel::sourceRun);
            case "creation_timestamp", "creation_time" -> number(LoggedModel::createdAt);
            case "last_updated_timestamp", "last_updated_time" -> number(LoggedModel::changedAt);
            default ->
                throw tokens.refused(
                        field,
                        "logged models are searched by name, model_id, model_type, status, source_run_id,"
                                + " creation_timestamp, last_updated_timestamp, params.<name> and tags.<name>");
        };
    }
}
