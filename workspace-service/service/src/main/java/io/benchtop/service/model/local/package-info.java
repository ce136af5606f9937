/** Files of models in a folder, and their check by a process of this machine. */
@NullMarked
package io.benchtop.service.model.local;

import org.jspecify.annotations.NullMarked;
