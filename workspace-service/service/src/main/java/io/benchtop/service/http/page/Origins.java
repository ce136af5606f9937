package io.benchtop.service.http.page;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.dataset.DatasetVersion.Origin;
import io.benchtop.service.experiment.ExperimentRun;
import io.benchtop.service.experiment.Runs;
import io.benchtop.service.identity.Caller;
import io.benchtop.service.problem.ProblemException;
import io.benchtop.service.workspace.Workspaces;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Finds the runs and workspaces that versions of datasets, reads and runs come from, as far as the one who looks may see them. */
@Singleton
final class Origins {

    private final Runs runs;
    private final Workspaces workspaces;

    Origins(Runs runs, Workspaces workspaces) {
        this.runs = requireNonNull(runs, "runs is null");
        this.workspaces = requireNonNull(workspaces, "workspaces is null");
    }

    /** For one page: many rows have the same origin, which is looked up once. */
    Function<Origin, OriginView> of(Caller caller) {
        Map<Origin, OriginView> known = new HashMap<>();
        return origin -> known.computeIfAbsent(
                origin, each -> new OriginView(run(caller, each.run()), workspace(caller, each.workspace())));
    }

    OriginView.@Nullable Place run(Caller caller, @Nullable String id) {
        if (id == null) {
            return null;
        }
        try {
            ExperimentRun run = runs.get(caller, id).run();
            return new OriginView.Place(run.name(), "/experiments/" + run.experiment() + "/runs/" + run.id());
        } catch (ProblemException _) {
            return new OriginView.Place(id, null);
        }
    }

    OriginView.@Nullable Place workspace(Caller caller, @Nullable String id) {
        if (id == null) {
            return null;
        }
        try {
            return new OriginView.Place(workspaces.get(caller, id).displayName().value(), "/workspaces/" + id);
        } catch (ProblemException _) {
            return new OriginView.Place(id, null);
        }
    }
}
