package io.benchtop.service.experiment;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.audit.AuditTrail;
import io.benchtop.service.audit.Transactions;
import io.benchtop.service.identity.Caller;
import io.benchtop.service.identity.Role;
import io.benchtop.service.identity.UserName;
import io.benchtop.service.problem.ErrorCode;
import io.benchtop.service.problem.ProblemException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** What people do with experiments. Each sees and changes their own; an administrator sees all. */
public final class Experiments {

    /** What clients call the experiment of runs of which nobody said where they belong. */
    private static final String DEFAULT_ID = "0";

    private final ExperimentRepository experiments;
    private final RunRepository runs;
    private final Transactions transactions;
    private final AuditTrail audit;
    private final InstantSource clock;

    public Experiments(
            ExperimentRepository experiments,
            RunRepository runs,
            Transactions transactions,
            AuditTrail audit,
            InstantSource clock) {
        this.experiments = requireNonNull(experiments, "experiments is null");
        this.runs = requireNonNull(runs, "runs is null");
        this.transactions = requireNonNull(transactions, "transactions is null");
        this.audit = requireNonNull(audit, "audit is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /** @throws ProblemException {@code ALREADY_EXISTS} if there is one of this name, deleted or not */
    public Experiment create(Caller caller, String name, Map<String, String> tags) {
        caller.require(Role.DEVELOPER);
        Experiment experiment = fresh(caller, name, tags);
        return transactions.call(() -> {
            if (!experiments.insert(experiment)) {
                throw taken(caller, name);
            }
            audit(caller, "experiment.create", experiment);
            return experiment;
        });
    }

    private Experiment fresh(Caller caller, String name, Map<String, String> tags) {
        long now = clock.millis();
        return new Experiment(ExperimentId.random(), caller.user(), name, false, now, now, tags);
    }

    private ProblemException taken(Caller caller, String name) {
        boolean deleted =
                experiments.find(caller.user(), name).map(Experiment::deleted).orElse(false);
        return ProblemException.of(
                ErrorCode.ALREADY_EXISTS,
                "You have an experiment \"" + name + "\""
                        + (deleted ? ", which was deleted. Restore it" : ". Log to it")
                        + ", or choose another name.");
    }

    /** @param id an experiment's, or 0 for the one that everybody has */
    public Experiment get(Caller caller, String id) {
        if (id.equals(DEFAULT_ID)) {
            return ofDefault(caller);
        }
        return ExperimentId.find(id)
                .flatMap(experiments::find)
                .filter(found -> maySee(caller, found.owner()))
                .orElseThrow(() -> ProblemException.notFound("experiment", id));
    }

    /** Those that are named, each once. */
    List<ExperimentId> ids(Caller caller, List<String> ids) {
        return ids.stream().distinct().map(id -> get(caller, id).id()).toList();
    }

    static boolean maySee(Caller caller, UserName owner) {
        return caller.is(owner) || caller.administers();
    }

    public Experiment byName(Caller caller, String name) {
        return name.equals(Experiment.DEFAULT)
                ? ofDefault(caller)
                : experiments
                        .find(caller.user(), name)
                        .orElseThrow(() -> ProblemException.notFound("experiment", name));
    }

    private Experiment ofDefault(Caller caller) {
        Optional<Experiment> found = experiments.find(caller.user(), Experiment.DEFAULT);
        if (found.isPresent()) {
            return found.get();
        }
        caller.require(Role.DEVELOPER);
        experiments.insert(fresh(caller, Experiment.DEFAULT, Map.of()));
        // Perhaps another request of the same person was faster.
        return experiments.find(caller.user(), Experiment.DEFAULT).orElseThrow();
    }

    /** The caller's own, the latest changed first. */
    public List<Experiment> list(Caller caller) {
        return experiments.list(caller.user());
    }

    /** One that the caller may log to. */
    Experiment open(Caller caller, String id) {
        Experiment experiment = own(caller, id);
        if (experiment.deleted()) {
            throw ProblemException.invalidField(
                    "experiment_id",
                    "the experiment \"" + experiment.name() + "\" was deleted. Restore it, or log to another one");
        }
        return experiment;
    }

    private Experiment own(Caller caller, String id) {
        caller.require(Role.DEVELOPER);
        Experiment experiment = get(caller, id);
        if (!caller.is(experiment.owner())) {
            throw ProblemException.notFound("experiment", id);
        }
        return experiment;
    }

    public void rename(Caller caller, String id, String name) {
        change(caller, id, "experiment.rename", before -> {
            refuseDefault(before, "renamed");
            if (before.deleted()) {
                throw ProblemException.invalidField(
                        "experiment_id",
                        "the experiment \"" + before.name() + "\" was deleted. Restore it to rename it");
            }
            return before.renamed(name, clock.millis());
        });
    }

    /** With its runs. */
    public void delete(Caller caller, String id) {
        change(caller, id, "experiment.delete", before -> {
            refuseDefault(before, "deleted");
            return deleted(before, true);
        });
    }

    /** With all of its runs, as MLflow does: also those that were deleted before it was. */
    public void restore(Caller caller, String id) {
        change(caller, id, "experiment.restore", before -> deleted(before, false));
    }

    /** Once more changes nothing: not the runs either that somebody deleted in the meantime. */
    private Experiment deleted(Experiment before, boolean now) {
        if (before.deleted() == now) {
            return before;
        }
        runs.changeAll(before.id(), now);
        return before.deleted(now, clock.millis());
    }

    private static void refuseDefault(Experiment experiment, String verb) {
        if (experiment.isDefault()) {
            throw ProblemException.of(
                    ErrorCode.BAD_REQUEST,
                    "The experiment \"" + Experiment.DEFAULT + "\" cannot be " + verb
                            + ": runs of which nobody says where they belong are kept there.");
        }
    }

    private void change(Caller caller, String id, String action, UnaryOperator<Experiment> change) {
        ExperimentId found = own(caller, id).id();
        transactions.run(() -> experiments.change(found, change).ifPresent(after -> audit(caller, action, after)));
    }

    public void setTag(Caller caller, String id, String key, String value) {
        TrackingLimits.checkExperimentTag(key, value);
        experiments.setTag(own(caller, id).id(), key, value);
    }

    public void removeTag(Caller caller, String id, String key) {
        if (!experiments.removeTag(own(caller, id).id(), key)) {
            throw ProblemException.notFound("tag", key);
        }
    }

    private void audit(Caller caller, String action, Experiment experiment) {
        audit.done(caller.user().value(), caller.address(), action, "experiment/" + experiment.id(), experiment.name());
    }
}
