package io.benchtop.service.experiment.jdbc;

import io.benchtop.service.experiment.RunCondition;
import io.benchtop.service.experiment.RunCondition.Absent;
import io.benchtop.service.experiment.RunCondition.Comparison;
import io.benchtop.service.experiment.RunCondition.Membership;
import io.benchtop.service.experiment.RunCondition.Numeral;
import io.benchtop.service.experiment.RunCondition.Operator;
import io.benchtop.service.experiment.RunCondition.Text;
import io.benchtop.service.experiment.RunField;
import io.benchtop.service.experiment.RunField.Attribute;
import io.benchtop.service.experiment.RunField.OfDataset;
import io.benchtop.service.experiment.RunField.OfMetric;
import io.benchtop.service.experiment.RunField.OfParam;
import io.benchtop.service.experiment.RunField.OfTag;
import io.benchtop.service.experiment.RunOrder;
import io.benchtop.service.experiment.RunRepository.RunQuery;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/**
 * Compiles a search into a query. Its text holds nothing but our own words and the names of its variables; every name and
 * value that somebody searched for is bound.
 */
final class RunSelect {

    static final String COLUMNS =
            "r.id, r.experiment_id, r.name, r.owner, r.status, r.started_at, r.ended_at, r.deleted";

    private final Map<String, Object> bound = new LinkedHashMap<>();
    private final StringBuilder joins = new StringBuilder();
    private final List<String> conditions = new ArrayList<>();
    private final List<String> order = new ArrayList<>();

    private RunSelect() {}

    static Query query(Handle handle, RunQuery asked) {
        RunSelect select = new RunSelect();
        select.conditions.add("r.experiment_id = any(:experiments)");
        if (asked.deleted() != null) {
            select.conditions.add("r.deleted = " + select.bind(asked.deleted()));
        }
        asked.filter().forEach(condition -> select.conditions.add(select.condition(condition)));
        asked.order().forEach(select::addOrder);
        Query query = handle.createQuery("select " + COLUMNS + " from experiment_runs r" + select.joins + " where "
                        + String.join(" and ", select.conditions) + " order by "
                        + String.join(
                                "",
                                select.order.stream().map(each -> each + ", ").toList())
                        + "r.started_at desc, r.id limit :limit offset :offset")
                .bindArray(
                        "experiments",
                        String.class,
                        asked.experiments().stream().map(Object::toString).toList())
                .bind("limit", asked.limit())
                .bind("offset", asked.offset());
        return query.bindMap(select.bound);
    }

    private String bind(Object value) {
        String name = "v" + bound.size();
        bound.put(name, value);
        return ":" + name;
    }

    private String condition(RunCondition condition) {
        return switch (condition.field()) {
            case Attribute attribute -> test(condition, column(attribute));
            case OfDataset dataset -> exists("run_inputs", "", test(condition, column(dataset)));
            case OfMetric(String key) -> keyed(condition, "run_latest_metrics", "metric", key);
            case OfParam(String key) -> keyed(condition, "run_params", "param", key);
            case OfTag(String key) -> keyed(condition, "run_tags", "tag", key);
        };
    }

    private String keyed(RunCondition condition, String table, String kind, String key) {
        String ofKey = "d." + kind + "_key = " + bind(key) + " and ";
        return condition instanceof Absent(RunField _, boolean absent)
                ? (absent ? "not " : "") + exists(table, ofKey, "true")
                : exists(table, ofKey, test(condition, "d." + kind + "_value"));
    }

    private static String exists(String table, String ofKey, String test) {
        return "exists (select 1 from " + table + " d where d.run_id = r.id and " + ofKey + test + ")";
    }

    private String test(RunCondition condition, String column) {
        return switch (condition) {
            case Comparison(RunField _, Operator operator, Numeral(double value)) ->
                column + " " + sign(operator) + " " + bind(value);
            case Comparison(RunField _, Operator operator, Text(String value)) ->
                column + " " + sign(operator) + " " + bind(value) + (operator.isPattern() ? " escape ''" : "");
            case Membership(RunField _, boolean isIn, List<String> texts) ->
                column + (isIn ? " in (" : " not in (")
                        + String.join(", ", texts.stream().map(this::bind).toList()) + ")";
            case Absent(RunField _, boolean absent) -> column + (absent ? " is null" : " is not null");
        };
    }

    private static String sign(Operator operator) {
        return operator == Operator.UNEQUAL ? "<>" : operator.sign();
    }

    private static String column(OfDataset dataset) {
        return switch (dataset) {
            case NAME -> "d.dataset_name";
            case DIGEST -> "d.digest";
            case CONTEXT -> "d.dataset_context";
        };
    }

    private static String column(Attribute attribute) {
        return switch (attribute) {
            case RUN_ID -> "r.id";
            case RUN_NAME -> "r.name";
            case STATUS -> "r.status";
            case USER_ID -> "r.owner";
            case START_TIME -> "r.started_at";
            case END_TIME -> "r.ended_at";
        };
    }

    /** What is not a number comes behind the numbers, and runs without the field behind both. */
    private void addOrder(RunOrder by) {
        String column = switch (by.field()) {
            case Attribute attribute -> column(attribute);
            case OfMetric(String key) -> joined("run_latest_metrics", "metric", key);
            case OfParam(String key) -> joined("run_params", "param", key);
            case OfTag(String key) -> joined("run_tags", "tag", key);
            case OfDataset _ -> throw new IllegalArgumentException("runs are not ordered by their datasets");
        };
        String strange =
                by.field() instanceof OfMetric ? " when " + column + " = cast('NaN' as double precision) then 1" : "";
        order.add("case when " + column + " is null then 2" + strange + " else 0 end");
        order.add(column + (by.descending() ? " desc" : ""));
    }

    private String joined(String table, String kind, String key) {
        String alias = "o" + order.size();
        joins.append(" left join ").append(table).append(' ').append(alias);
        joins.append(" on ")
                .append(alias)
                .append(".run_id = r.id and ")
                .append(alias)
                .append('.');
        joins.append(kind).append("_key = ").append(bind(key));
        return alias + "." + kind + "_value";
    }
}
