/** The folder of a model version: manifest, signature, sample and the one file that is served. */
@NullMarked
package io.benchtop.modelserver.store;

import org.jspecify.annotations.NullMarked;
