package io.benchtop.service.endpoint;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.audit.AuditTrail;
import io.benchtop.service.audit.Transactions;
import io.benchtop.service.identity.Caller;
import io.benchtop.service.identity.Role;
import io.benchtop.service.problem.ErrorCode;
import io.benchtop.service.problem.ProblemException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * What people do with endpoints. Each verb writes what is wanted and returns; the {@link EndpointReconciler} makes it so. What somebody
 * may not call is not there for him; what he may call and not change says whose it is.
 */
public final class Endpoints {

    private static final int MOST_STEPS = 100;
    private static final int LONGEST_REASON = 500;

    private final EndpointRepository endpoints;
    private final CallCounts counts;
    private final Servable servable;
    private final HardwareOffer hardware;
    private final EndpointNews news;
    private final Transactions transactions;
    private final AuditTrail audit;
    private final Consumer<EndpointId> wake;
    private final InstantSource clock;

    Endpoints(
            EndpointRepository endpoints,
            CallCounts counts,
            Servable servable,
            HardwareOffer hardware,
            EndpointNews news,
            Transactions transactions,
            AuditTrail audit,
            Consumer<EndpointId> wake,
            InstantSource clock) {
        this.endpoints = requireNonNull(endpoints, "endpoints is null");
        this.counts = requireNonNull(counts, "counts is null");
        this.servable = requireNonNull(servable, "servable is null");
        this.hardware = requireNonNull(hardware, "hardware is null");
        this.news = requireNonNull(news, "news is null");
        this.transactions = requireNonNull(transactions, "transactions is null");
        this.audit = requireNonNull(audit, "audit is null");
        this.wake = requireNonNull(wake, "wake is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /** How a version comes to its requests. */
    public sealed interface Strategy {

        /** As soon as it is ready, all of them. */
        record AllAtOnce() implements Strategy {}

        record Canary(CanaryPlan plan) implements Strategy {}

        /** @param percents of each version, by version; together 100 */
        record Split(Map<String, Double> percents) implements Strategy {}

        /** A copy of some; its answers are compared and thrown away. */
        record Shadow(int percent) implements Strategy {}
    }

    /**
     * Puts a version into production, and makes the endpoint if it is not there.
     *
     * @param settings from what they were, or are usually
     */
    public Endpoint promote(
            Caller caller,
            EndpointName name,
            String model,
            String version,
            Strategy strategy,
            UnaryOperator<Endpoint.Settings> settings) {
        caller.require(Role.DEVELOPER);
        Optional<Endpoint> existing = endpoints.find(name);
        if (existing.isPresent()) {
            requireMine(caller, existing.get());
            // Before the model: everybody takes the two in this order.
            endpoints.lock(List.of(existing.get().id()));
        }
        ServedVersion candidate = servable.promotable(caller, model, version);
        return existing.isPresent()
                ? promoteNext(caller, existing.get(), candidate, strategy, settings)
                : promoteFirst(caller, name, candidate, strategy, settings);
    }

    private Endpoint promoteFirst(
            Caller caller,
            EndpointName name,
            ServedVersion version,
            Strategy strategy,
            UnaryOperator<Endpoint.Settings> settings) {
        if (strategy instanceof Strategy.Shadow || strategy instanceof Strategy.Split) {
            throw ProblemException.of(
                    ErrorCode.CONFLICT,
                    "There is no endpoint \"" + name
                            + "\" yet, so there is nothing to share with. Promote a first version to it"
                            + " without a strategy.");
        }
        Endpoint endpoint = Endpoint.first(
                name, caller.user(), chosen(Endpoint.Settings.USUAL, settings), version, clock.instant());
        transactions.run(() -> {
            requirePromotable(caller, version);
            if (!endpoints.insert(endpoint)) {
                throw ProblemException.of(
                        ErrorCode.ALREADY_EXISTS,
                        "There is an endpoint \"" + name + "\" already. Ask again, or choose another name.");
            }
            record(caller, endpoint, "endpoint.create", "PROMOTED", version + " is to serve.");
            news.tell(endpoint.id());
        });
        wake.accept(endpoint.id());
        return endpoint;
    }

    private Endpoint promoteNext(
            Caller caller,
            Endpoint endpoint,
            ServedVersion version,
            Strategy strategy,
            UnaryOperator<Endpoint.Settings> settings) {
        Instant now = clock.instant();
        requireSameModel(endpoint, version);
        String sentence = sentence(version, strategy) + replaced(endpoint, version, strategy);
        Map<String, ServedVersion> named = named(caller, strategy, version);
        return change(
                caller,
                endpoint,
                before -> {
                    requirePromotable(caller, version);
                    named.values().forEach(each -> requirePromotable(caller, each));
                    Endpoint.Settings chosen = chosen(before.settings(), settings);
                    Endpoint set = chosen.equals(before.settings()) ? before : before.with(chosen, now);
                    return switch (strategy) {
                        case Strategy.AllAtOnce() -> set.switching(Traffic.all(version), now);
                        case Strategy.Canary(CanaryPlan plan) -> set.trying(version, plan, now);
                        case Strategy.Split(Map<String, Double> percents) -> split(set, percents, named, now);
                        case Strategy.Shadow(int percent) -> set.shadowing(new ShadowTraffic(version, percent), now);
                    };
                },
                "endpoint.promote",
                "PROMOTED",
                sentence);
    }

    /** Answers name their version alone, so all versions of an endpoint are of one model. */
    private static void requireSameModel(Endpoint endpoint, ServedVersion version) {
        endpoint.wanted().stream()
                .map(ServedVersion::model)
                .filter(model -> !model.equals(version.model()))
                .findFirst()
                .ifPresent(model -> {
                    throw ProblemException.of(
                            ErrorCode.CONFLICT,
                            "The endpoint \"" + endpoint.name() + "\" serves the model \"" + model
                                    + "\". Publish this one as a new version of it, or promote it to another endpoint.");
                });
    }

    /** The versions of a split as the registry knows them. */
    private Map<String, ServedVersion> named(Caller caller, Strategy strategy, ServedVersion version) {
        Map<String, ServedVersion> named = new LinkedHashMap<>();
        if (strategy instanceof Strategy.Split(Map<String, Double> percents)) {
            percents.keySet().forEach(each -> named.put(each, servable.promotable(caller, version.model(), each)));
        }
        return named;
    }

    private static Endpoint split(
            Endpoint endpoint, Map<String, Double> percents, Map<String, ServedVersion> named, Instant now) {
        Map<ServedVersion, Integer> weights = new LinkedHashMap<>();
        percents.forEach((each, percent) -> {
            // Written so that NaN does not pass.
            if (!(percent >= 0 && percent <= 100)) {
                throw ProblemException.invalidField("weights", "must each be from 0 to 100 percent, not " + percent);
            }
            weights.merge(requireNonNull(named.get(each)), (int) Math.round(percent * 100), Integer::sum);
        });
        ServedVersion first = weights.keySet().stream().findFirst().orElse(null);
        Traffic current = endpoint.traffic();
        if (first == null || current == null) {
            throw ProblemException.of(
                    ErrorCode.CONFLICT,
                    "The endpoint \"" + endpoint.name()
                            + "\" serves nothing yet. Wait until its first version is ready.");
        }
        return endpoint.switching(current.shifted(weights), now);
    }

    private static String sentence(ServedVersion version, Strategy strategy) {
        return switch (strategy) {
            case Strategy.AllAtOnce() -> version + " is to get all requests.";
            case Strategy.Canary(CanaryPlan plan) ->
                version + " is to get "
                        + String.join(
                                ", ",
                                plan.steps().stream().map(step -> step + " %").toList())
                        + " of the requests, step by step.";
            case Strategy.Split(Map<String, Double> percents) -> {
                List<String> parts = new ArrayList<>();
                percents.forEach((each, percent) -> parts.add(each + " "
                        + (percent == Math.rint(percent) ? Long.toString(Math.round(percent)) : percent.toString())
                        + " %"));
                yield "Requests are to be split: " + String.join(", ", parts) + ".";
            }
            case Strategy.Shadow(int percent) ->
                version + " is to be asked a copy of " + percent + " % of the requests.";
        };
    }

    /** What becomes of the canary that another takes the place of. */
    private static String replaced(Endpoint endpoint, ServedVersion version, Strategy strategy) {
        return strategy instanceof Strategy.Canary
                ? endpoint.otherCanary(version)
                        .map(other -> " " + other.candidate() + " is not tried any more and gives its share back.")
                        .orElse("")
                : "";
    }

    /**
     * Back at once to what was served before.
     *
     * @param reason for others; at most {@value #LONGEST_REASON} characters on one line, or empty
     */
    public Endpoint rollBack(Caller caller, EndpointName name, String reason) {
        if (reason.length() > LONGEST_REASON || reason.chars().anyMatch(Character::isISOControl)) {
            throw ProblemException.invalidField(
                    "reason", "must be at most " + LONGEST_REASON + " characters on one line; others will read it");
        }
        Instant now = clock.instant();
        return change(
                caller,
                changeable(caller, name),
                before -> startable(caller, before.rolledBack(reason, now)),
                "endpoint.rollback",
                "ROLLED_BACK",
                reason.isBlank() ? "Rolled back." : "Rolled back: " + reason.strip());
    }

    /** What was served long ago may have been removed since. */
    private Endpoint startable(Caller caller, Endpoint after) {
        if (after.rollout() instanceof Rollout.Switching(Traffic target, Instant _)) {
            target.shares().keySet().forEach(version -> requirePromotable(caller, version));
        }
        return after;
    }

    /** Asked again in the transaction that wants the version, which cannot be deleted any more until that ends. */
    private void requirePromotable(Caller caller, ServedVersion version) {
        servable.promotable(caller, version.model(), version.version());
    }

    /**
     * All requests to one version, by a rule that the endpoint's owner agreed to beforehand.
     *
     * @param still whether the rule is still about what is there
     * @return false if it is not, and nothing was changed
     */
    public boolean switchAll(EndpointId id, Predicate<Endpoint> still, ServedVersion version, String sentence) {
        return transactions.call(() -> {
            Optional<Endpoint> found = endpoints.change(
                    id,
                    before -> still.test(before) ? before.switching(Traffic.all(version), clock.instant()) : before);
            Optional<Endpoint> switched = found.filter(after -> after.rollout() instanceof Rollout.Switching switching
                    && switching.target().isAll(version));
            switched.ifPresent(after -> {
                tell(after, new Step(clock.instant(), AuditTrail.SYSTEM, "PROMOTED", sentence));
                audit.done(AuditTrail.SYSTEM, "", "endpoint.promote", "endpoint/" + after.name(), sentence);
                news.tell(id);
            });
            return switched.isPresent();
        });
    }

    /** Writes into its history, inside the caller's transaction. */
    public void tell(Endpoint endpoint, Step step) {
        endpoints.add(endpoint.id(), step);
    }

    public Endpoint endShadow(Caller caller, EndpointName name) {
        return change(
                caller,
                changeable(caller, name),
                before -> before.shadowing(null, clock.instant()),
                "endpoint.shadow",
                "SHADOW_ENDED",
                "No version is in the shadow any more.");
    }

    public Endpoint configure(Caller caller, EndpointName name, UnaryOperator<Endpoint.Settings> settings) {
        return change(
                caller,
                changeable(caller, name),
                before -> before.with(chosen(before.settings(), settings), clock.instant()),
                "endpoint.configure",
                "CONFIGURED",
                "Settings were changed.");
    }

    /** Among what its owner may choose, with what it has even if that is not on offer any more. */
    public List<String> hardware(Endpoint endpoint) {
        return Stream.concat(
                        hardware.names().stream(), Stream.of(endpoint.settings().hardware()))
                .distinct()
                .toList();
    }

    /** What is not on offer any more may stay, so that everything else can be changed. */
    private Endpoint.Settings chosen(Endpoint.Settings before, UnaryOperator<Endpoint.Settings> settings) {
        Endpoint.Settings chosen = settings.apply(before);
        if (!chosen.hardware().equals(before.hardware())) {
            hardware.require(chosen.hardware());
        }
        if (!chosen.sticky().equals(before.sticky())) {
            chosen.sticky().requireChoosable();
        }
        return chosen;
    }

    private Endpoint change(
            Caller caller,
            Endpoint endpoint,
            UnaryOperator<Endpoint> change,
            String action,
            String code,
            String sentence) {
        Endpoint after = news.change(endpoint.id(), change, changed -> record(caller, changed, action, code, sentence))
                .orElseThrow(() ->
                        ProblemException.notFound("endpoint", endpoint.name().value()));
        wake.accept(after.id());
        return after;
    }

    private void record(Caller caller, Endpoint endpoint, String action, String code, String sentence) {
        endpoints.add(endpoint.id(), new Step(clock.instant(), caller.user().value(), code, sentence));
        audit.done(caller.user().value(), caller.address(), action, "endpoint/" + endpoint.name(), sentence);
    }

    /** What runs for it is ended by the reconciler. */
    public void remove(Caller caller, EndpointName name) {
        Endpoint endpoint = changeable(caller, name);
        transactions.run(() -> {
            endpoints.remove(endpoint.id());
            audit.done(caller.user().value(), caller.address(), "endpoint.delete", "endpoint/" + name, "");
            news.tellRemoved(endpoint);
        });
        wake.accept(endpoint.id());
    }

    /** Those that the caller owns or may call; by name. */
    public List<Endpoint> list(Caller caller) {
        return caller.administers() ? endpoints.list() : endpoints.list(caller.user());
    }

    public Endpoint get(Caller caller, EndpointName name) {
        return endpoints
                .find(name)
                .filter(found -> found.mayCall(caller.user()) || caller.administers())
                .orElseThrow(() -> ProblemException.notFound("endpoint", name.value()));
    }

    public boolean isMine(Caller caller, Endpoint endpoint) {
        return caller.role().includes(Role.DEVELOPER) && (caller.is(endpoint.owner()) || caller.administers());
    }

    /** The newest first. */
    public List<Step> history(Endpoint endpoint) {
        return endpoints.steps(endpoint.id(), MOST_STEPS);
    }

    public List<CallCounts.Slot> slots(Endpoint endpoint, Instant since) {
        return counts.slots(endpoint.id(), since);
    }

    /** What clients did on the last days, today being one of them: the newest day first. Days begin and end in UTC. */
    public List<CallCounts.ClientDay> clients(Endpoint endpoint, int days) {
        return counts.clients(endpoint.id(), today().minusDays(days - 1L));
    }

    public LocalDate today() {
        return CallCounts.day(clock.instant());
    }

    /** The endpoint for somebody who may change it. */
    public Endpoint changeable(Caller caller, EndpointName name) {
        caller.require(Role.DEVELOPER);
        return requireMine(caller, get(caller, name));
    }

    private Endpoint requireMine(Caller caller, Endpoint endpoint) {
        if (isMine(caller, endpoint)) {
            return endpoint;
        }
        throw ProblemException.of(
                ErrorCode.FORBIDDEN,
                "The endpoint \"" + endpoint.name() + "\" is " + endpoint.owner()
                        + "'s, who alone changes it. Choose another name, or ask " + endpoint.owner() + ".");
    }
}
