/**
 * Endpoints: model versions that answer in production under one name. What is wanted is kept ({@link io.benchtop.service.endpoint.Endpoint}),
 * decided purely ({@link io.benchtop.service.endpoint.RolloutDecision}) and reconciled with the model-servers that run; the
 * proxy is told where to send which share of the requests.
 */
@NullMarked
package io.benchtop.service.endpoint;

import org.jspecify.annotations.NullMarked;
