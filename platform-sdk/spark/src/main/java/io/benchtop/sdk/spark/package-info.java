/**
 * Datasets for Spark: {@code spark.read().format("benchtop").load("sales/orders")}, in Java and in Python alike.
 *
 * <p>Spark finds {@link io.benchtop.sdk.spark.BenchtopSource} as a service. A load asks for the dataset once and stays with the version
 * that it found; each action opens that version once more, with the columns and the filter that it needs, and reads the service's
 * Arrow stream as Spark's own column vectors, a batch at a time. Only Spark's public interfaces are used.
 */
@NullMarked
package io.benchtop.sdk.spark;

import org.jspecify.annotations.NullMarked;
