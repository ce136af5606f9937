/**
 * Benchtop from Java: who am I, which workspace is this, what does it have, keep it running; datasets, runs, models and endpoints.
 *
 * <p>Start with {@link io.benchtop.sdk.Benchtop}. The same nouns, verbs and error codes as the Python package {@code benchtop};
 * both replay the cases of {@code platform-sdk/cases}.
 */
@NullMarked
package io.benchtop.sdk;

import org.jspecify.annotations.NullMarked;
