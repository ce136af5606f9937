package io.benchtop.sdk.spark;

import org.apache.spark.sql.connector.read.Batch;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.types.StructType;

/**
 * One read of a version: one stream, and so one partition. What is computed of it in parallel comes after a {@code repartition}.
 *
 * @param table its name and version
 */
record BenchtopScan(String table, RowPartition rows) implements Scan, Batch {

    @Override
    public StructType readSchema() {
        return rows.columns();
    }

    @Override
    public String description() {
        return table + (rows.where().isEmpty() ? "" : " where " + rows.where());
    }

    @Override
    public Batch toBatch() {
        return this;
    }

    @Override
    public ColumnarSupportMode columnarSupportMode() {
        return ColumnarSupportMode.SUPPORTED;
    }

    @Override
    public InputPartition[] planInputPartitions() {
        return new InputPartition[] {rows};
    }

    @Override
    public PartitionReaderFactory createReaderFactory() {
        return new RowReaderFactory();
    }
}
