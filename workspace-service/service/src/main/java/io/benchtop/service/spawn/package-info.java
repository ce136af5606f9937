/** The port to whatever runs servers: processes of this machine, or pods. */
@NullMarked
package io.benchtop.service.spawn;

import org.jspecify.annotations.NullMarked;
