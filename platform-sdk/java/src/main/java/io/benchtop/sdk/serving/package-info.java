/**
 * How a version comes to its requests, and asking an endpoint for answers. Endpoints are {@code Endpoint} in {@link io.benchtop.sdk}.
 */
@NullMarked
package io.benchtop.sdk.serving;

import org.jspecify.annotations.NullMarked;
