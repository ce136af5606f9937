/** Health, metrics and statistics on a port of their own. */
@NullMarked
package io.benchtop.modelserver.admin;

import org.jspecify.annotations.NullMarked;
