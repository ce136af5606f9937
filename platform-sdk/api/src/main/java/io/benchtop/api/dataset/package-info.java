/**
 * Named, versioned data: the catalogue, reading by a plan, and writing by an upload.
 *
 * <p>A name is two words with a slash, {@code sales/orders}, each {@code [a-z0-9][a-z0-9._-]{0,62}}. Sizes are bytes. Values of
 * rows and statistics are JSON: a decimal is a string, a date {@code 2026-01-31}, a timestamp ISO-8601 with {@code Z} where it
 * has a zone, binary base64.
 */
@NullMarked
package io.benchtop.api.dataset;

import org.jspecify.annotations.NullMarked;
