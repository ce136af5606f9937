package io.benchtop.sdk.spark;

import java.util.Map;
import org.apache.spark.sql.connector.catalog.SessionConfigSupport;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.sources.DataSourceRegister;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import org.jspecify.annotations.Nullable;

/**
 * The data source {@code benchtop}: {@code load("sales/orders")} names the dataset.
 *
 * <ul>
 *   <li>{@code version}: its number; the newest without it.
 *   <li>{@code url} and {@code tokenFile}, both or none: another Benchtop than that of this workspace. As {@code
 *       spark.datasource.benchtop.url} and {@code .tokenFile} they hold for a whole session. The token itself is no option, since
 *       options are shown in plans.
 * </ul>
 *
 * <p>Spark makes one instance for each load.
 */
public final class BenchtopSource implements DataSourceRegister, SessionConfigSupport {

    private @Nullable BenchtopTable found;

    /** Called by Spark. */
    public BenchtopSource() {}

    @Override
    public String shortName() {
        return "benchtop";
    }

    @Override
    public String keyPrefix() {
        return "benchtop";
    }

    @Override
    public StructType inferSchema(CaseInsensitiveStringMap options) {
        return table(options).schema();
    }

    /** The one whose columns were just told: asked for again, it might have another version. */
    @Override
    public Table getTable(StructType schema, Transform[] partitioning, Map<String, String> properties) {
        return table(new CaseInsensitiveStringMap(properties));
    }

    private BenchtopTable table(CaseInsensitiveStringMap options) {
        if (found == null) {
            found = BenchtopTable.find(options);
        }
        return found;
    }
}
