/** Files in folders of the service's machine. */
@NullMarked
package io.benchtop.service.connection.local;

import org.jspecify.annotations.NullMarked;
