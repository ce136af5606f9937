package io.benchtop.cli.endpoints;

import io.benchtop.api.endpoint.Trial;
import io.benchtop.cli.support.Table;
import io.benchtop.cli.support.Words;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** An A/B test, told to a person. */
final class TrialWords {

    private TrialWords() {}

    static String of(Trial told) {
        return pairs(told) + "\n\n" + sides(told);
    }

    private static Table pairs(Trial told) {
        var above = told.plan().switchAbove();
        return Table.ofPairs()
                .row("trial", told.number() + " of " + told.endpoint() + ", " + told.metric())
                .row("phase", told.phase())
                .row("verdict", told.message())
                .row("uplift", range(told.uplift()))
                .row("difference", range(told.difference()))
                .row(
                        "progress",
                        Math.round(told.progress().share() * 100) + " % of "
                                + told.plan().horizon() + " users of the smaller side")
                .row("switches", above == null ? "no" : "above an uplift of " + percent(above))
                .row("since", Words.ofInstant(told.since()));
    }

    private static Table sides(Trial told) {
        var table = new Table("VERSION", "", "SHARE", "USERS", "CONVERSIONS", "RATE");
        side(table, "control", told.control());
        side(table, "candidate", told.candidate());
        return table;
    }

    private static void side(Table table, String what, Trial.Side side) {
        var rate = side.rate();
        table.row(
                side.version(),
                what,
                percent(side.percent() / 100),
                Long.toString(side.users()),
                Long.toString(side.conversions()),
                rate == null ? "-" : percent(rate));
    }

    private static String range(Trial.@Nullable Range range) {
        if (range == null) {
            return "-";
        }
        var high = range.high();
        return percent(range.value()) + ", between " + percent(range.low()) + " and "
                + (high == null ? "any number" : percent(high));
    }

    private static String percent(double value) {
        return String.format(Locale.ROOT, "%.2f %%", value * 100);
    }
}
