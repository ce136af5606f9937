package io.benchtop.service.model;

import io.benchtop.service.experiment.FilterTokens;
import io.benchtop.service.experiment.FilterTokens.Token;
import io.benchtop.service.experiment.TextSearch;
import io.benchtop.service.model.Models.Found;
import java.util.Comparator;
import java.util.function.Predicate;

/** Reads searches for versions of models as MLflow writes them: {@code name = 'risk' and version_number > 3}. */
public final class VersionFilter extends TextSearch<Found> {

    private VersionFilter(FilterTokens tokens) {
        super(tokens);
    }

    /** What a version must meet; an empty search asks for nothing. */
    public static Predicate<Found> of(String text) {
        return new VersionFilter(new FilterTokens("filter", text)).all();
    }

    /** By a field with ASC or DESC behind it, or nothing. */
    public static Comparator<Found> order(String text) {
        FilterTokens tokens = new FilterTokens("order_by", text);
        Token field = tokens.next("a field");
        Comparator<Found> order = switch (attribute(field)) {
            case "name" -> Comparator.comparing(found -> found.model().name());
            case "version_number" ->
                Comparator.comparingLong(found -> found.version().number());
            case "creation_timestamp", "last_updated_timestamp" ->
                Comparator.comparing(found -> found.version().publication().createdAt());
            default ->
                throw tokens.refused(
                        field, "order by name, version_number, creation_timestamp or last_updated_timestamp");
        };
        return tokens.endsDescending() ? order.reversed() : order;
    }

    @Override
    protected Predicate<Found> condition(Token field) {
        if (field.text().matches("tags?\\..*")) {
            String key = key(field, field.text().substring(0, field.text().indexOf('.') + 1));
            return text(found -> found.version().tags().get(key));
        }
        return switch (attribute(field)) {
            case "name" -> text(found -> found.model().name().value());
            case "run_id" ->
                text(found -> found.version().publication().provenance().run());
            case "source_path" ->
                text(found -> found.version().publication().provenance().source());
            case "version_number" -> number(found -> found.version().number());
            default ->
                throw tokens().refused(
                                field,
                                "versions are searched by name, run_id, source_path, version_number and tags.<name>");
        };
    }
}
