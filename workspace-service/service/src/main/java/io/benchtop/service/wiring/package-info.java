/** Puts the service together: configuration, adapters chosen by it, and the objects that features need. */
@NullMarked
package io.benchtop.service.wiring;

import org.jspecify.annotations.NullMarked;
