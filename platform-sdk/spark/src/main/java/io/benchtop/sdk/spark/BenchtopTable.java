package io.benchtop.sdk.spark;

import io.benchtop.api.dataset.Column;
import io.benchtop.api.dataset.Version;
import io.benchtop.sdk.Benchtop;
import io.benchtop.sdk.error.BenchtopException;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.connector.catalog.SupportsRead;
import org.apache.spark.sql.connector.catalog.TableCapability;
import org.apache.spark.sql.connector.read.ScanBuilder;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/** One version of a dataset, as it was found when it was loaded. Immutable. */
final class BenchtopTable implements SupportsRead {

    private static final Set<String> WITHOUT_ROWS = Set.of("files", "images");

    private final Connection connection;
    private final String dataset;
    private final Version version;

    private BenchtopTable(Connection connection, String dataset, Version version) {
        this.connection = connection;
        this.dataset = dataset;
        this.version = version;
    }

    /**
     * Asks for the dataset that the options name.
     *
     * @throws BenchtopException {@code bad_name}, {@code bad_version}, {@code not_found}, {@code no_version}, {@code no_rows} for
     *     files and images, or as the service cannot be asked
     */
    static BenchtopTable find(CaseInsensitiveStringMap options) {
        var name = options.get("path");
        if (name == null) {
            throw new BenchtopException(
                    "bad_name", "Say which dataset to read, and one at a time: load(\"sales/orders\").");
        }
        var connection = Connection.of(options);
        var dataset = Benchtop.connect(connection.rest()).dataset(name);
        var asked = options.get("version");
        var version = (asked == null ? dataset : dataset.version(number(asked))).version();
        if (WITHOUT_ROWS.contains(version.format())) {
            throw new BenchtopException(
                    "no_rows",
                    name + " is made of " + version.format()
                            + ", not of rows. Read its files with the SDK: files() and open(path).");
        }
        return new BenchtopTable(connection, name, version);
    }

    private static long number(String asked) {
        try {
            return Long.parseLong(asked);
        } catch (NumberFormatException e) {
            throw new BenchtopException(
                    "bad_version", "'" + asked + "' is no version: write its number, as in option(\"version\", 3).");
        }
    }

    List<Column> wireColumns() {
        return version.columns();
    }

    RowPartition partition(StructType columns, String where) {
        return new RowPartition(connection, dataset, version.number(), columns, where);
    }

    @Override
    public String name() {
        return "benchtop " + dataset + "@" + version.number();
    }

    @Override
    @SuppressWarnings("deprecation") // columns(), which is to be used, is made of it
    public StructType schema() {
        return ColumnTypes.schema(version.columns());
    }

    @Override
    public Set<TableCapability> capabilities() {
        return Set.of(TableCapability.BATCH_READ);
    }

    @Override
    public ScanBuilder newScanBuilder(CaseInsensitiveStringMap options) {
        return new BenchtopScanBuilder(this);
    }
}
