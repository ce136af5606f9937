package io.benchtop.service.trial;

/**
 * What was counted of one arm.
 *
 * @param users each counted once, however often they came: the tests take users to be independent, and requests of one user are not
 * @param conversions users who did what the trial hopes for
 */
public record Tally(long users, long conversions) {

    /** Two arms fit into the integers of Fisher's test. */
    private static final long MOST_USERS = 1_000_000_000;

    public Tally {
        if (users < 0 || users > MOST_USERS || conversions < 0 || conversions > users) {
            throw new IllegalArgumentException("not a tally: " + conversions + " conversions of " + users + " users");
        }
    }

    /** NaN without users. */
    public double rate() {
        return (double) conversions / users;
    }

    /** The square of the standard error of the rate. */
    double variance() {
        return rate() * (1 - rate()) / users;
    }
}
