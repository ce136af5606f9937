package io.benchtop.service.endpoint.jdbc;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonDeserializer;
import com.google.gson.JsonPrimitive;
import com.google.gson.JsonSerializer;
import com.google.gson.reflect.TypeToken;
import io.benchtop.service.endpoint.ArmState;
import io.benchtop.service.endpoint.BucketRange;
import io.benchtop.service.endpoint.CallLimits;
import io.benchtop.service.endpoint.CanaryPlan;
import io.benchtop.service.endpoint.Endpoint;
import io.benchtop.service.endpoint.HardwareOffer;
import io.benchtop.service.endpoint.Retained;
import io.benchtop.service.endpoint.Rollout;
import io.benchtop.service.endpoint.Scaling;
import io.benchtop.service.endpoint.ServedVersion;
import io.benchtop.service.endpoint.ShadowTraffic;
import io.benchtop.service.endpoint.Sticky;
import io.benchtop.service.endpoint.Traffic;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What is kept of an endpoint as JSON. Sealed types are written flat, with their kind. */
final class EndpointJson {

    private static final Gson GSON = new GsonBuilder()
            .disableHtmlEscaping()
            .registerTypeAdapter(Instant.class, written())
            .registerTypeAdapter(Instant.class, read(Instant::parse))
            .registerTypeAdapter(Duration.class, written())
            .registerTypeAdapter(Duration.class, read(Duration::parse))
            .registerTypeAdapter(URI.class, written())
            .registerTypeAdapter(URI.class, read(URI::create))
            .create();

    private EndpointJson() {}

    private static JsonSerializer<Object> written() {
        return (value, _, _) -> new JsonPrimitive(value.toString());
    }

    private static <T> JsonDeserializer<T> read(Function<String, T> parse) {
        return (json, _, _) -> parse.apply(json.getAsString());
    }

    /** All of an endpoint but what has a column. */
    record Wanted(
            Sticky sticky,
            CallLimits limits,
            Scaling scaling,
            @Nullable String hardware,
            @Nullable List<ShareRow> traffic,
            @Nullable ShadowTraffic shadow,
            RolloutRow rollout,
            @Nullable List<ShareRow> before,
            List<Retained> retained) {

        static Wanted of(Endpoint endpoint) {
            return new Wanted(
                    endpoint.settings().sticky(),
                    endpoint.settings().limits(),
                    endpoint.settings().scaling(),
                    endpoint.settings().hardware(),
                    ShareRow.of(endpoint.traffic()),
                    endpoint.shadow(),
                    RolloutRow.of(endpoint.rollout()),
                    ShareRow.of(endpoint.before()),
                    endpoint.retained());
        }

        /** @param callers kept apart; endpoints of before there was a choice of hardware run on the usual */
        Endpoint.Settings settings(Set<String> callers) {
            return new Endpoint.Settings(
                    callers, sticky, limits, scaling, hardware == null ? HardwareOffer.USUAL : hardware);
        }
    }

    record ShareRow(ServedVersion version, List<BucketRange> ranges) {

        static @Nullable List<ShareRow> of(@Nullable Traffic traffic) {
            return traffic == null
                    ? null
                    : traffic.shares().entrySet().stream()
                            .map(share -> new ShareRow(share.getKey(), share.getValue()))
                            .toList();
        }

        static @Nullable Traffic traffic(@Nullable List<ShareRow> rows) {
            if (rows == null) {
                return null;
            }
            Map<ServedVersion, List<BucketRange>> shares = new LinkedHashMap<>();
            rows.forEach(row -> shares.put(row.version(), row.ranges()));
            return new Traffic(shares);
        }
    }

    record RolloutRow(
            String kind,
            Instant since,
            @Nullable List<ShareRow> target,
            @Nullable ServedVersion candidate,
            @Nullable ServedVersion control,
            @Nullable CanaryPlan plan,
            @Nullable Integer step,
            @Nullable String code,
            @Nullable String message) {

        static RolloutRow of(Rollout rollout) {
            return switch (rollout) {
                case Rollout.Stable(Instant since) ->
                    new RolloutRow("stable", since, null, null, null, null, null, null, null);
                case Rollout.Switching(Traffic target, Instant since) ->
                    new RolloutRow("switching", since, ShareRow.of(target), null, null, null, null, null, null);
                case Rollout.Canary canary ->
                    new RolloutRow(
                            "canary",
                            canary.since(),
                            null,
                            canary.candidate(),
                            canary.control(),
                            canary.plan(),
                            canary.step(),
                            null,
                            null);
                case Rollout.RolledBack(ServedVersion candidate, String code, String message, Instant since) ->
                    new RolloutRow("rolled-back", since, null, candidate, null, null, null, code, message);
            };
        }

        Rollout rollout() {
            return switch (kind) {
                case "stable" -> new Rollout.Stable(since);
                case "switching" -> new Rollout.Switching(there(ShareRow.traffic(target)), since);
                case "canary" -> new Rollout.Canary(there(candidate), there(control), there(plan), there(step), since);
                case "rolled-back" -> new Rollout.RolledBack(there(candidate), there(code), there(message), since);
                default -> throw new IllegalStateException("a rollout of an unknown kind: " + kind);
            };
        }

        private static <T> T there(@Nullable T value) {
            return Objects.requireNonNull(value, "a rollout without what its kind has");
        }
    }

    record SeenRow(
            ServedVersion version,
            String kind,
            @Nullable String code,
            @Nullable String message,
            @Nullable List<ArmState.Server> servers) {

        static SeenRow of(ServedVersion version, ArmState state) {
            return switch (state) {
                case ArmState.Starting(String message) -> new SeenRow(version, "starting", null, message, null);
                case ArmState.Ready(List<ArmState.Server> servers, String trouble) ->
                    new SeenRow(version, "ready", null, trouble, servers);
                case ArmState.Asleep() -> new SeenRow(version, "asleep", null, null, null);
                case ArmState.Failed(String code, String message) ->
                    new SeenRow(version, "failed", code, message, null);
            };
        }

        ArmState state() {
            return switch (kind) {
                case "starting" -> new ArmState.Starting(String.valueOf(message));
                case "ready" -> new ArmState.Ready(servers == null ? List.of() : servers, message);
                case "asleep" -> new ArmState.Asleep();
                case "failed" -> new ArmState.Failed(String.valueOf(code), String.valueOf(message));
                default -> throw new IllegalStateException("an arm in an unknown state: " + kind);
            };
        }
    }

    static String write(Wanted wanted) {
        return GSON.toJson(wanted);
    }

    static Wanted wanted(String json) {
        return GSON.fromJson(json, Wanted.class);
    }

    static String write(Map<ServedVersion, ArmState> seen) {
        return GSON.toJson(seen.entrySet().stream()
                .map(arm -> SeenRow.of(arm.getKey(), arm.getValue()))
                .toList());
    }

    static Map<ServedVersion, ArmState> seen(String json) {
        Map<ServedVersion, ArmState> seen = new LinkedHashMap<>();
        GSON.fromJson(json, new TypeToken<List<SeenRow>>() {}).forEach(row -> seen.put(row.version(), row.state()));
        return seen;
    }

    static String writeCounts(List<Long> counts) {
        return GSON.toJson(counts);
    }

    static List<Long> counts(String json) {
        return GSON.fromJson(json, new TypeToken<List<Long>>() {});
    }
}
