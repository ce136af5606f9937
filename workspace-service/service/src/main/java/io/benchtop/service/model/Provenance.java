package io.benchtop.service.model;

import io.benchtop.api.model.ModelDataset;
import io.benchtop.api.model.ModelNotebook;
import io.benchtop.service.dataset.DatasetName;
import io.benchtop.service.problem.ProblemException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a version comes from, as whoever published it says.
 *
 * @param run id of a run
 * @param source where an MLflow client registered it from
 */
public record Provenance(
        @Nullable String run,
        List<ModelDataset> datasets,
        @Nullable ModelNotebook notebook,
        @Nullable String image,
        @Nullable String source) {

    /** Of something that nobody told anything of. */
    static final Provenance UNKNOWN = new Provenance(null, List.of(), null, null, null);

    private static final int LONGEST = 1000;
    private static final int MOST_DATASETS = 100;

    public Provenance {
        datasets = List.copyOf(datasets);
        if (run != null && !run.matches("[A-Za-z0-9_-]{1,64}")) {
            throw ProblemException.invalidField("runId", "must be the id of a run");
        }
        if (datasets.size() > MOST_DATASETS) {
            throw ProblemException.invalidField("datasets", "must be at most " + MOST_DATASETS);
        }
        datasets.forEach(each -> DatasetName.parse(each.name()));
        if (notebook != null) {
            check("notebook.path", notebook.path());
            if (!notebook.sha256().matches("[0-9a-f]{64}")) {
                throw ProblemException.invalidField("notebook.sha256", "must be 64 hexadecimal digits in lower case");
            }
        }
        check("image", image);
        check("source", source);
    }

    private static void check(String field, @Nullable String text) {
        if (text != null && (text.length() > LONGEST || text.chars().anyMatch(Character::isISOControl))) {
            throw ProblemException.invalidField(
                    field, "must have at most " + LONGEST + " characters, none of which controls anything");
        }
    }
}
