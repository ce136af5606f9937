/**
 * The statistics of A/B tests: how many users a test needs ({@link io.benchtop.service.trial.Plan}), and what may be concluded from
 * what was counted ({@link io.benchtop.service.trial.Trial}). Pure: the same counts give the same judgement.
 */
@NullMarked
package io.benchtop.service.trial;

import org.jspecify.annotations.NullMarked;
