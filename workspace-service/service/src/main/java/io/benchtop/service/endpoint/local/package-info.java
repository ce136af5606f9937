/** Model-servers as processes of this machine. */
@NullMarked
package io.benchtop.service.endpoint.local;

import org.jspecify.annotations.NullMarked;
