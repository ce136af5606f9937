/** {@code benchtop profile …}. */
@NullMarked
package io.benchtop.cli.profile;

import org.jspecify.annotations.NullMarked;
