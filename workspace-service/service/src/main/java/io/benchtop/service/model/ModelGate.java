package io.benchtop.service.model;

import static java.util.Objects.requireNonNull;

import io.benchtop.api.model.ModelCheck;
import java.nio.file.Path;

/**
 * Port: loads a version where it can do no harm, asks its sample and compares. A gate answers whatever the model does; it throws only
 * where it could not begin, and is asked again later then.
 */
public interface ModelGate {

    /**
     * Asked before an upload begins.
     *
     * @throws io.benchtop.service.problem.ProblemException {@code UNAVAILABLE} if models cannot be checked here
     */
    void requireReady();

    /**
     * @param place what is checked; whoever shows its token is given its files ({@link Fetches})
     * @param folder the same files on this machine
     */
    Verdict check(ModelPlace place, Path folder);

    /** What came of it. */
    sealed interface Verdict {

        /** It loads and answers as expected. */
        record Passed(ModelCheck check) implements Verdict {

            public Passed {
                requireNonNull(check, "check is null");
            }
        }

        /**
         * It does not.
         *
         * @param code such as {@code SAMPLE_DIFFERS}
         * @param message what, which, and what to do
         */
        record Failed(String code, String message) implements Verdict {

            public Failed {
                requireNonNull(code, "code is null");
                requireNonNull(message, "message is null");
            }
        }
    }
}
