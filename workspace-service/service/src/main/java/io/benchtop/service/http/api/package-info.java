/** The REST interface, {@code /api/v1}. */
@NullMarked
package io.benchtop.service.http.api;

import org.jspecify.annotations.NullMarked;
