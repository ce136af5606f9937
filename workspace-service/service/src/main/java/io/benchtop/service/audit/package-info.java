/** The append-only record of who did what to which object, denials included. */
@NullMarked
package io.benchtop.service.audit;

import org.jspecify.annotations.NullMarked;
