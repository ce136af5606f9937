/** What the platform's own processes ask of the service; the proxy never forwards it from outside. */
@NullMarked
package io.benchtop.service.http.internal;

import org.jspecify.annotations.NullMarked;
