/** Connections to where data lies outside: what is known of each, its secret, and the way to its files and tables. */
@NullMarked
package io.benchtop.service.connection;

import org.jspecify.annotations.NullMarked;
