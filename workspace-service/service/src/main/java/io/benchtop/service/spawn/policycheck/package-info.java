/** Whether the cluster keeps servers apart: tried from where servers run, and said loudly when it does not (SECURITY.md S16). */
@NullMarked
package io.benchtop.service.spawn.policycheck;

import org.jspecify.annotations.NullMarked;
