/** {@code benchtop data …} and {@code benchtop connections …}. */
@NullMarked
package io.benchtop.cli.data;

import org.jspecify.annotations.NullMarked;
