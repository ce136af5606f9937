/** Files of models in a bucket. */
@NullMarked
package io.benchtop.service.model.s3;

import org.jspecify.annotations.NullMarked;
