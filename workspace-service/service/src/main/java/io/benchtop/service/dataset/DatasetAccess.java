package io.benchtop.service.dataset;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.identity.Caller;
import io.benchtop.service.identity.Credential;
import io.benchtop.service.identity.Role;
import io.benchtop.service.problem.ErrorCode;
import io.benchtop.service.problem.ProblemException;

/**
 * Finds a dataset for somebody. What one may not read is not there. An administrator's right is not that of every notebook that
 * an administrator runs (S29).
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
        return dataset.isReader(caller.user()) || isAdministrator(caller);
    }

    static boolean isMine(Caller caller, Dataset dataset) {
        return caller.is(dataset.owner()) || isAdministrator(caller);
    }

    static boolean isAdministrator(Caller caller) {
        return caller.role().includes(Role.ADMIN) && !(caller.credential() instanceof Credential.WorkspaceServer);
    }

    /** Asked again while somebody reads, so that a right that was withdrawn ends. */
    boolean mayStillRead(Caller caller, DatasetId id) {
        return datasets.find(id).filter(found -> mayRead(caller, found)).isPresent();
    }
}
