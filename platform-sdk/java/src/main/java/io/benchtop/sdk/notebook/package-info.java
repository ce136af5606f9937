/** What a Java notebook gets without asking: imports, a variable, and tables instead of text. */
@NullMarked
package io.benchtop.sdk.notebook;

import org.jspecify.annotations.NullMarked;
