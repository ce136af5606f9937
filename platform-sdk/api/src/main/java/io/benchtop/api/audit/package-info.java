/** The append-only record of every sign-in, denial and change. */
@NullMarked
package io.benchtop.api.audit;

import org.jspecify.annotations.NullMarked;
