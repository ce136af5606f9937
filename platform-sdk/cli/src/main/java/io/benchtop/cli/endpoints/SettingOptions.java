package io.benchtop.cli.endpoints;

import io.benchtop.api.endpoint.Endpoint;
import io.benchtop.api.endpoint.EndpointSettings;
import io.benchtop.api.endpoint.EndpointSettings.Limits;
import io.benchtop.api.endpoint.EndpointSettings.Scaling;
import io.benchtop.api.endpoint.EndpointSettings.Sticky;
import io.benchtop.cli.support.CommandFailure;
import io.benchtop.cli.support.ExitCode;
import io.benchtop.sdk.DurationText;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What the owner of an endpoint chooses; what is not said stays as it is. */
final class SettingOptions {

    @Option(
            names = "--callers",
            split = ",",
            paramLabel = "NAME",
            description = "Who may call it beside you: all of them; '*' for everybody, '' for nobody.")
    private @Nullable List<String> callers;

    @Option(
            names = "--sticky-header",
            paramLabel = "HEADER",
            description = "The request header that keeps a client with its version; '' for none.")
    private @Nullable String header;

    @Option(
            names = "--sticky-cookie",
            arity = "1",
            paramLabel = "true|false",
            description = "Whether a cookie keeps a browser with its version.")
    private @Nullable Boolean cookie;

    @Option(names = "--requests-per-second", paramLabel = "N", description = "Of one client, over time.")
    private @Nullable Integer requestsPerSecond;

    @Option(
            names = "--requests-per-day",
            paramLabel = "N",
            description = "Of one client, from midnight to midnight UTC; 0 for no limit.")
    private @Nullable Integer requestsPerDay;

    @Option(names = "--burst", paramLabel = "N", description = "Of one client, at once.")
    private @Nullable Integer burst;

    @Option(names = "--client-in-flight", paramLabel = "N", description = "Of one client, not answered yet.")
    private @Nullable Integer clientInFlight;

    @Option(names = "--in-flight", paramLabel = "N", description = "Of all clients, not answered yet.")
    private @Nullable Integer inFlight;

    @Option(names = "--max-body-bytes", paramLabel = "N", description = "Of one request.")
    private @Nullable Long maxBodyBytes;

    @Option(names = "--min", paramLabel = "N", description = "Model-servers of a version; 0 lets it sleep.")
    private @Nullable Integer min;

    @Option(names = "--max", paramLabel = "N", description = "Model-servers of a version at most, on a cluster.")
    private @Nullable Integer max;

    @Option(
            names = "--idle-after",
            paramLabel = "DURATION",
            description = "When nobody asks, it sleeps after, such as 15m.")
    private @Nullable String idleAfter;

    @Option(
            names = "--hardware",
            paramLabel = "NAME",
            description = "What its model-servers run on, of what an administrator offers.")
    private @Nullable String hardware;

    /** @param present asked only where a setting is changed in part */
    EndpointSettings over(Supplier<Endpoint> present) {
        var wanted = new EndpointSettings(callers(), sticky(present), limits(), scaling(), hardware);
        if (wanted.equals(EndpointSettings.NONE)) {
            throw new CommandFailure("Say what is to be changed, such as --callers alice,bob.", ExitCode.USAGE);
        }
        return wanted;
    }

    private @Nullable List<String> callers() {
        return callers == null
                ? null
                : callers.stream()
                        .map(String::strip)
                        .filter(name -> !name.isEmpty())
                        .toList();
    }

    /** The service takes the header and the cookie together. */
    private @Nullable Sticky sticky(Supplier<Endpoint> present) {
        if (header == null && cookie == null) {
            return null;
        }
        var before = header == null || cookie == null ? present.get().settings().sticky() : null;
        var chosen = header != null ? header : before == null ? null : before.header();
        return new Sticky(
                chosen == null || chosen.isBlank() ? null : chosen,
                cookie != null ? cookie : before == null ? null : before.cookie());
    }

    private @Nullable Limits limits() {
        var limits = new Limits(requestsPerSecond, burst, clientInFlight, inFlight, maxBodyBytes, requestsPerDay);
        return limits.equals(new Limits(null, null, null, null, null, null)) ? null : limits;
    }

    private @Nullable Scaling scaling() {
        var seconds = idleAfter == null
                ? null
                : (Integer) Math.toIntExact(DurationText.parse(idleAfter).toSeconds());
        var scaling = new Scaling(min, max, seconds);
        return scaling.equals(new Scaling(null, null, null)) ? null : scaling;
    }
}
