/** Profiles in the database. */
@NullMarked
package io.benchtop.service.profile.jdbc;

import org.jspecify.annotations.NullMarked;
