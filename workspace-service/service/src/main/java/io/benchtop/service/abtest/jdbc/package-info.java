/** A/B tests in SQL. */
@NullMarked
package io.benchtop.service.abtest.jdbc;

import org.jspecify.annotations.NullMarked;
