package io.benchtop.api.model;

/**
 * How long one inference took in the check.
 *
 * @param p50 the median, in microseconds
 * @param p99 of a hundred, the slowest but one
 */
public record InferMicros(double p50, double p99) {}
