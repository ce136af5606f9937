/** Endpoints on the wire: model versions that answer under one name, how a version gets its share, and what it does with it. */
@NullMarked
package io.benchtop.api.endpoint;

import org.jspecify.annotations.NullMarked;
