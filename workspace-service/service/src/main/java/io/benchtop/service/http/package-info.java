/**
 * What every request passes: authentication, the checks against forged requests, and the one exit of problems. Controllers
 * stand in {@code http.api}, {@code http.internal} and {@code http.page}; only these packages know HTTP.
 *
 * <p>A controller method that declares a {@link io.benchtop.service.identity.Caller} is given the authenticated one; it
 * asks one use case and turns the answer into a record of {@code io.benchtop.api}. Refusals are thrown, not returned.
 */
@NullMarked
package io.benchtop.service.http;

import org.jspecify.annotations.NullMarked;
