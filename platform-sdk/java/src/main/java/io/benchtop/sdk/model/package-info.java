/**
 * What is published as a version of a model: its file, the sample that it is tried with, and how both are sent. Published versions are
 * {@code ModelVersion} in {@link io.benchtop.sdk}.
 */
@NullMarked
package io.benchtop.sdk.model;

import org.jspecify.annotations.NullMarked;
