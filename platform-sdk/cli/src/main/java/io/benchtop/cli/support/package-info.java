/** What every command needs: lines for people, failures as sentences, private files. */
@NullMarked
package io.benchtop.cli.support;

import org.jspecify.annotations.NullMarked;
