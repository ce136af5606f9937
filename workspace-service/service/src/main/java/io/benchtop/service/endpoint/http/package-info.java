/** Model-servers asked over HTTP. */
@NullMarked
package io.benchtop.service.endpoint.http;

import org.jspecify.annotations.NullMarked;
