/** Which Benchtop the command line talks to, and as whom. */
@NullMarked
package io.benchtop.cli.connection;

import org.jspecify.annotations.NullMarked;
