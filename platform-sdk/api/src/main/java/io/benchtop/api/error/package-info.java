/** How every error of the REST interface looks: problem+json of RFC 9457 with a machine code. */
@NullMarked
package io.benchtop.api.error;

import org.jspecify.annotations.NullMarked;
