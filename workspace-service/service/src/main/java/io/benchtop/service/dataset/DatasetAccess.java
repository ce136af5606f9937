package io.benchtop.service.dataset;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.identity.Caller;
import io.benchtop.service.identity.Role;
import io.benchtop.service.problem.ErrorCode;
import io.benchtop.service.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * Finds a dataset for somebody. What one may not read is not there.
 */
final class DatasetAccess {

    private final DatasetRepository datasets;

    DatasetAccess(DatasetRepository datasets) {
        this.datasets = requireNonNull(datasets, "datasets is null");
    }

    Dataset readable(Caller caller, DatasetName name) {
        return datasets.find(name)
                .filter(found -> mayRead(caller, found))
                .orElseThrow(() -> ProblemException.notFound("dataset", name.toString()));
    }

    Dataset changeable(Caller caller, DatasetName name) {
        caller.require(Role.DEVELOPER);
        Dataset found = readable(caller, name);
        if (!isMine(caller, found)) {
            throw ProblemException.of(
                    ErrorCode.FORBIDDEN,
                    "The dataset \"" + name + "\" is " + found.owner()
                            + "'s, who alone changes it. Write to one of your own, or ask " + found.owner() + ".");
        }
        return found;
    }

    static boolean mayRead(Caller caller, Dataset dataset) {
        return dataset.isReader(caller.user()) || caller.administers();
    }

    static boolean isMine(Caller caller, Dataset dataset) {
        return caller.is(dataset.owner()) || caller.administers();
    }

    /** @param number null for the newest */
    DatasetVersion version(Dataset dataset, @Nullable Long number) {
        if (number != null) {
            return datasets.version(dataset.id(), number)
                    .orElseThrow(() -> ProblemException.notFound("version", dataset.name() + "@" + number));
        }
        DatasetVersion latest = dataset.latest();
        if (latest == null) {
            throw ProblemException.of(
                    ErrorCode.NOT_FOUND,
                    "The dataset \"" + dataset.name() + "\" has no version yet. Write one, or upload files.");
        }
        return latest;
    }

    /** Asked again while somebody reads, so that a right that was withdrawn ends. */
    boolean mayStillRead(Caller caller, DatasetId id) {
        return datasets.find(id).filter(found -> mayRead(caller, found)).isPresent();
    }
}
