/**
 * How rows and files of datasets come and go: plans, ranges, Arrow, uploads. Public because the SDK's own types in
 * {@link io.benchtop.sdk} use it; only those are kept compatible.
 */
@NullMarked
package io.benchtop.sdk.data;

import org.jspecify.annotations.NullMarked;
