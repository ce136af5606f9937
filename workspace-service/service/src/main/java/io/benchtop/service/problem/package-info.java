/** What can go wrong, as one exception with a machine code and a sentence that helps. */
@NullMarked
package io.benchtop.service.problem;

import org.jspecify.annotations.NullMarked;
