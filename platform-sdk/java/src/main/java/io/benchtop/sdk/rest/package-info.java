/**
 * How SDK and command line talk to the service. Public because both do; for anything else {@link io.benchtop.sdk.Benchtop} is
 * the way in, and only that is kept compatible.
 */
@NullMarked
package io.benchtop.sdk.rest;

import org.jspecify.annotations.NullMarked;
