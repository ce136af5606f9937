/** Looks through files of models, byte by byte and before anything loads them, for what they must not hold. */
@NullMarked
package io.benchtop.service.model.walk;

import org.jspecify.annotations.NullMarked;
