/** What a notebook sees of the platform. */
@NullMarked
package io.benchtop.sdk;

import org.jspecify.annotations.NullMarked;
