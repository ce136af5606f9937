/** Controllers, filters and pages: the only packages that know HTTP. */
@NullMarked
package io.benchtop.service.http;

import org.jspecify.annotations.NullMarked;
