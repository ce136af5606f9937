package io.benchtop.service.http.page;

import static java.util.Objects.requireNonNull;

import gg.jte.html.HtmlTemplateOutput;
import io.benchtop.api.endpoint.Trial;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What an A/B test came to, or how far it is: the verdict before the numbers, because numbers that say nothing yet look like others.
 *
 * @param mine whether the caller may stop it
 * @param verdict a word for its phase, and the sentence
 * @param uplift empty while nothing can be told
 * @param ratio how the users were split, in words
 * @param ratioBroken whether that says that the sides cannot be compared
 * @param facts what was agreed on, by what it is
 */
record TrialPage(
        Frame frame,
        String endpoint,
        int number,
        String metric,
        boolean mine,
        boolean open,
        Condition verdict,
        List<SideRow> sides,
        @Nullable UpliftBar uplift,
        String ratio,
        boolean ratioBroken,
        String progress,
        double progressWidth,
        List<Fact> facts,
        String startedBy,
        HumaneTime started,
        HumaneTime since)
        implements Page {

    TrialPage {
        requireNonNull(endpoint, "endpoint is null");
        requireNonNull(verdict, "verdict is null");
        sides = List.copyOf(sides);
        facts = List.copyOf(facts);
    }

    static TrialPage of(Frame frame, Trial told, boolean mine, Instant now) {
        boolean open = told.phase().equals("WAITING") || told.phase().equals("RUNNING");
        return new TrialPage(
                frame,
                told.endpoint(),
                told.number(),
                told.metric(),
                mine,
                open,
                TrialWords.verdict(told),
                List.of(SideRow.of("Control", told.control()), SideRow.of("Candidate", told.candidate())),
                told.uplift() == null ? null : UpliftBar.of(told.uplift()),
                TrialWords.ratio(told),
                told.phase().equals("INVALID"),
                HumaneNumber.count(told.progress().users()) + " of "
                        + HumaneNumber.count(told.plan().horizon()) + " users of the smaller side",
                told.progress().share() * 100,
                TrialWords.facts(told.plan()),
                told.startedBy(),
                HumaneTime.relative(Instant.parse(told.startedAt()), now),
                HumaneTime.relative(Instant.parse(told.since()), now));
    }

    String address() {
        return "/endpoints/" + endpoint + "/trials/" + number;
    }

    @Override
    public void render(HtmlTemplateOutput output) {
        JtetrialGenerated.render(output, NO_INTERCEPTOR, this);
    }

    /** One of the two versions. */
    record SideRow(String what, String version, String share, String users, String conversions, String rate) {

        static SideRow of(String what, Trial.Side side) {
            return new SideRow(
                    what,
                    side.version(),
                    EndpointWords.percent(side.percent()),
                    HumaneNumber.count(side.users()),
                    HumaneNumber.count(side.conversions()),
                    TrialWords.rate(side.rate()));
        }
    }

    /** One thing that was agreed on. */
    record Fact(String name, String value) {}

    /**
     * The estimate and its bounds on a line with no difference in the middle; all from 0 to 100.
     *
     * @param words the same for who does not see it
     */
    record UpliftBar(String words, double from, double width, double at) {

        private static final double MIDDLE = 50;

        static UpliftBar of(Trial.Range range) {
            Double bound = range.high();
            double high = bound == null ? Math.max(Math.abs(range.low()), Math.abs(range.value())) * 2 : bound;
            double reach = Math.max(1e-9, Math.max(Math.abs(range.low()), Math.abs(high)) * 1.1);
            double from = place(range.low(), reach);
            return new UpliftBar(
                    TrialWords.signed(range.value()) + ", between " + TrialWords.signed(range.low()) + " and "
                            + (bound == null ? "any number" : TrialWords.signed(bound)),
                    from,
                    rounded(place(high, reach) - from),
                    place(range.value(), reach));
        }

        private static double place(double value, double reach) {
            return rounded(MIDDLE + MIDDLE * Math.clamp(value / reach, -1, 1));
        }

        private static double rounded(double value) {
            return Double.parseDouble(String.format(Locale.ROOT, "%.2f", value));
        }
    }
}
