package io.benchtop.sdk.spark;

import io.benchtop.api.dataset.Column;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.connector.expressions.filter.Predicate;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.SupportsPushDownRequiredColumns;
import org.apache.spark.sql.connector.read.SupportsPushDownV2Filters;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Takes what Spark asks for: columns, and the conditions that the service's filter can say.
 *
 * <p>Spark applies every condition itself, too. So the service's may let more rows pass than Spark's would, and need only never hold
 * one back; see {@link FilterText}.
 */
final class BenchtopScanBuilder implements SupportsPushDownRequiredColumns, SupportsPushDownV2Filters {

    private static final int MOST_CONDITIONS = 90; // the service's limits are 100 of them and 10,000 characters
    private static final int LONGEST = 9_000;

    private final BenchtopTable table;
    private StructType columns;
    private String where = "";
    private Predicate[] pushed = {};

    BenchtopScanBuilder(BenchtopTable table) {
        this.table = table;
        this.columns = table.schema();
    }

    @Override
    public void pruneColumns(StructType required) {
        // A count needs no column, but there is no stream without one.
        columns = required.isEmpty() ? new StructType(new StructField[] {narrowest()}) : required;
    }

    private StructField narrowest() {
        return Arrays.stream(table.schema().fields())
                .min(Comparator.comparingInt(field -> field.dataType().defaultSize()))
                .orElseThrow();
    }

    @Override
    public Predicate[] pushPredicates(Predicate[] predicates) {
        var known = table.wireColumns().stream().collect(Collectors.toMap(Column::name, column -> column, (a, b) -> a));
        var said = new ArrayList<Predicate>();
        List<String> conditions = new ArrayList<>();
        int length = 0;
        for (var predicate : predicates) {
            var condition = FilterText.of(predicate, known).orElse("");
            length += condition.length();
            if (!condition.isEmpty() && length < LONGEST && said.size() < MOST_CONDITIONS / 2) {
                conditions.add(condition);
                said.add(predicate);
            }
        }
        where = String.join(" and ", conditions);
        pushed = said.toArray(Predicate[]::new);
        return predicates;
    }

    @Override
    public Predicate[] pushedPredicates() {
        return pushed.clone();
    }

    @Override
    public Scan build() {
        return new BenchtopScan(table.name(), table.partition(columns, where));
    }
}
