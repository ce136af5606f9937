package io.benchtop.service.experiment;

import io.benchtop.service.identity.UserName;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Port: where experiments are kept. */
public interface ExperimentRepository {

    /** False if the owner has one of this name, deleted or not. */
    boolean insert(Experiment experiment);

    Optional<Experiment> find(ExperimentId id);

    Optional<Experiment> find(UserName owner, String name);

    /** All of one person, the latest changed first. */
    List<Experiment> list(UserName owner);

    /**
     * Applies a change of its name or whether it is deleted, and gives what is stored then; others wait meanwhile.
     *
     * @throws io.benchtop.service.problem.ProblemException {@code ALREADY_EXISTS} if the owner has another one of the new name
     */
    Optional<Experiment> change(ExperimentId id, UnaryOperator<Experiment> change);

    void setTag(ExperimentId id, String key, String value);

    /** True if there was one. */
    boolean removeTag(ExperimentId id, String key);
}
