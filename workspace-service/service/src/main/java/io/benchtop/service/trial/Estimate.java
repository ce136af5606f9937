package io.benchtop.service.trial;

import java.util.Optional;

/**
 * How much better the candidate is, as far as is known.
 *
 * @param difference of the rates: 0.01 is one more conversion of 100 users
 * @param uplift the difference relative to the control's rate: 0.15 is 15 % more; empty as long as it cannot be told, such as without conversions
 */
public record Estimate(Interval difference, Optional<Interval> uplift) {}
