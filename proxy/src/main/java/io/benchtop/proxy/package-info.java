/** The only program that listens to the world. */
@NullMarked
package io.benchtop.proxy;

import org.jspecify.annotations.NullMarked;
