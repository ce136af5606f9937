/** Webhooks over HTTP. */
@NullMarked
package io.benchtop.service.model.http;

import org.jspecify.annotations.NullMarked;
