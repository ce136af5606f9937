package io.benchtop.api.model;

/**
 * How far an output may be from the expected one: the absolute part plus the relative part of the expected value.
 */
public record Tolerance(double absolute, double relative) {}
