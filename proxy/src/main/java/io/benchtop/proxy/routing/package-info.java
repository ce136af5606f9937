/** The live route table: pulled, watched, kept on disk, looked up by every request. */
@NullMarked
package io.benchtop.proxy.routing;

import org.jspecify.annotations.NullMarked;
