/** The numbered log of what changed, which every replica follows to tell of it and to act on it. */
@NullMarked
package io.benchtop.service.change;

import org.jspecify.annotations.NullMarked;
