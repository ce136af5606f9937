package io.benchtop.cli.endpoints;

import io.benchtop.api.endpoint.Endpoint;
import io.benchtop.cli.support.Table;
import io.benchtop.cli.support.Words;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An endpoint, told to a person. */
final class EndpointWords {

    private EndpointWords() {}

    static String of(Endpoint told) {
        return pairs(told) + "\n\n" + arms(told) + (told.history().isEmpty() ? "" : "\n\n" + history(told));
    }

    /** Versions with a share of the requests. */
    static String shares(Endpoint told) {
        var shares = told.arms().stream()
                .filter(arm -> arm.percent() > 0)
                .map(arm -> arm.version() + " " + number(arm.percent()) + " %")
                .collect(Collectors.joining(", "));
        return shares.isEmpty() ? "-" : shares;
    }

    /** What is on its way, in a sentence. */
    static String rollout(Endpoint told) {
        var rollout = told.rollout();
        var step = rollout.step();
        var steps = step == null || rollout.steps().isEmpty()
                ? ""
                : ", step " + step + " of " + rollout.steps().size();
        var shadow = told.shadow();
        var copies = shadow == null
                ? ""
                : " " + shadow.version() + " is asked copies of " + shadow.percent() + " % of the requests.";
        return Table.harmless(rollout.phase() + steps + ": " + rollout.message() + copies);
    }

    private static Table pairs(Endpoint told) {
        var sticky = told.settings().sticky();
        var header = sticky == null ? null : sticky.header();
        var cookie = sticky != null && Objects.equals(sticky.cookie(), true);
        return Table.ofPairs()
                .row("endpoint", told.name())
                .row("model", told.model())
                .row("address", told.url())
                .row("owner", told.owner())
                .row("callers", told.callers().isEmpty() ? "the owner alone" : String.join(", ", told.callers()))
                .row("sticky by", (header == null ? "caller" : header) + (cookie ? ", cookie" : ""))
                .row("hardware", Objects.requireNonNullElse(told.settings().hardware(), "default"))
                .row("rollout", rollout(told))
                .row("since", Words.ofInstant(told.rollout().since()));
    }

    private static Table arms(Endpoint told) {
        var table = new Table("VERSION", "SHARE", "STATE", "SERVERS", "REQUESTS", "ERRORS", "P50", "P99");
        for (var arm : told.arms()) {
            table.row(
                    arm.version(),
                    number(arm.percent()) + " %",
                    arm.state() + (arm.stateMessage() == null ? "" : ": " + arm.stateMessage()),
                    arm.readyReplicas() + "/" + arm.replicas(),
                    Long.toString(arm.requests()),
                    number(arm.errorRate() * 100) + " %",
                    millis(arm.p50Millis()),
                    millis(arm.p99Millis()));
        }
        return table;
    }

    private static Table history(Endpoint told) {
        var table = new Table("WHEN", "WHO", "WHAT", "");
        told.history()
                .forEach(event -> table.row(Words.ofInstant(event.at()), event.actor(), event.code(), event.message()));
        return table;
    }

    private static String millis(@Nullable Double value) {
        return value == null ? "-" : number(value) + " ms";
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value == Math.rint(value) ? "%.0f" : "%.2f", value);
    }
}
