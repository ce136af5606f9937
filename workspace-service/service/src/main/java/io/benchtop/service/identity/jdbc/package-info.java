/** Users, sessions, tokens and links in the database. */
@NullMarked
package io.benchtop.service.identity.jdbc;

import org.jspecify.annotations.NullMarked;
