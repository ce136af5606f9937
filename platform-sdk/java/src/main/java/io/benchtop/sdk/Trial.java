package io.benchtop.sdk;

import io.benchtop.api.endpoint.Trial.Range;
import io.benchtop.api.endpoint.Trial.Side;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An A/B test on an endpoint, as it was when it was asked for. */
public final class Trial implements Shown {

    private static final Set<String> OPEN = Set.of("WAITING", "RUNNING");

    private final io.benchtop.api.endpoint.Trial told;

    Trial(io.benchtop.api.endpoint.Trial told) {
        this.told = told;
    }

    /** Counts the endpoint's trials from 1. */
    public int number() {
        return told.number();
    }

    /**
     * {@code WAITING} for its versions, {@code RUNNING}, or how it ended: {@code BETTER} (the candidate is), {@code SWITCHED} (it is,
     * and got all requests), {@code NOT_BETTER}, {@code NO_DIFFERENCE}, {@code INVALID} or {@code STOPPED}.
     */
    public String phase() {
        return told.phase();
    }

    /** Whether nothing is counted any more. */
    public boolean ended() {
        return !OPEN.contains(told.phase());
    }

    /** The verdict, or how far it is, in sentences. */
    public String message() {
        return told.message();
    }

    /** The version that is there. */
    public Side control() {
        return told.control();
    }

    /** The version that may be better. */
    public Side candidate() {
        return told.candidate();
    }

    /** So many users of the smaller side end it. */
    public long horizon() {
        return told.plan().horizon();
    }

    /** Towards that, 0 to 1. */
    public double progress() {
        return told.progress().share();
    }

    /** The difference of the rates relative to the control's, with its bounds; empty while nothing can be told. */
    public Optional<Range> uplift() {
        return Optional.ofNullable(told.uplift());
    }

    /** The difference of the rates, with its bounds; empty while nothing can be told. */
    public Optional<Range> difference() {
        return Optional.ofNullable(told.difference());
    }

    @Override
    public Map<String, String> shown() {
        var table = Words.table(
                "trial",
                number() + " of " + told.endpoint() + ": " + told.metric(),
                "verdict",
                message(),
                "control " + control().version(),
                words(control()),
                "candidate " + candidate().version(),
                words(candidate()));
        uplift().ifPresent(uplift -> table.put(
                "uplift",
                percent(uplift.value()) + ", between " + percent(uplift.low()) + " and " + bound(uplift.high())));
        table.put("progress", Math.round(progress() * 100) + " % of " + horizon() + " users of the smaller side");
        return table;
    }

    private static String words(Side side) {
        var rate = side.rate();
        return side.conversions() + " of " + side.users() + " users" + (rate == null ? "" : ", " + percent(rate));
    }

    private static String bound(@Nullable Double value) {
        return value == null ? "any number" : percent(value);
    }

    private static String percent(double value) {
        return String.format(Locale.ROOT, "%.2f %%", value * 100);
    }

    @Override
    public String toString() {
        return Shown.inOneLine(this);
    }
}
