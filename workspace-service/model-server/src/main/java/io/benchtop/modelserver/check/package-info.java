/** Tries a model once before it is published. */
@NullMarked
package io.benchtop.modelserver.check;

import org.jspecify.annotations.NullMarked;
