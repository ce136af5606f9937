/** Files of datasets in a folder. */
@NullMarked
package io.benchtop.service.dataset.local;

import org.jspecify.annotations.NullMarked;
