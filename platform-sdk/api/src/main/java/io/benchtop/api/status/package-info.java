/** What this installation is and what it cannot do. */
@NullMarked
package io.benchtop.api.status;

import org.jspecify.annotations.NullMarked;
