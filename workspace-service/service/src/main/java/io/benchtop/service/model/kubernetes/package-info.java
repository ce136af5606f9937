/** Pods that load models, and the check of a version in one. */
@NullMarked
package io.benchtop.service.model.kubernetes;

import org.jspecify.annotations.NullMarked;
