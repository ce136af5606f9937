/** Brings the files of a model version into a folder. */
@NullMarked
package io.benchtop.modelserver.fetch;

import org.jspecify.annotations.NullMarked;
