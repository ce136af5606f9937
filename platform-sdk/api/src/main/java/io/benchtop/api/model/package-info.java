/**
 * Registered models: names, versions that never change, aliases, and how a version is published.
 *
 * <p>A version is begun with the list of its files, filled by one {@code PUT} for each file and committed; then a process of its own
 * loads it, asks the sample and compares. Only a version that is {@code READY} can be served.
 */
@NullMarked
package io.benchtop.api.model;

import org.jspecify.annotations.NullMarked;
