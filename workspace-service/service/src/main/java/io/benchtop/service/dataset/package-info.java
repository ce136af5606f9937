/** Datasets: data under a name, in versions that never change, with who may read them, what is in them and who has read them. */
@NullMarked
package io.benchtop.service.dataset;

import org.jspecify.annotations.NullMarked;
