/** Runs servers as processes of this machine, each kept by its shim. */
@NullMarked
package io.benchtop.service.spawn.local;

import org.jspecify.annotations.NullMarked;
