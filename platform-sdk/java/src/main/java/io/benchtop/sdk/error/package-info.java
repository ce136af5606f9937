/** The one exception of the SDK. */
@NullMarked
package io.benchtop.sdk.error;

import org.jspecify.annotations.NullMarked;
