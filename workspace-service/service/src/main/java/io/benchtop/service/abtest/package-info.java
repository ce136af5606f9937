/**
 * A/B tests on endpoints: two versions share the requests as agreed on, users and conversions are counted, and what the statistics of
 * {@code trial} say at the end is told, and done where that was agreed on too.
 *
 * <p>Its own package, above {@code endpoint}: an endpoint need not know that it is tested, and the statistics need not know what a
 * database is. People and addresses call one a trial; here {@code Trial} is what was agreed on, and {@code AbTest} what came of it.
 */
@NullMarked
package io.benchtop.service.abtest;

import org.jspecify.annotations.NullMarked;
