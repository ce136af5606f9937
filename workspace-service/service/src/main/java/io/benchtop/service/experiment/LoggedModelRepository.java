package io.benchtop.service.experiment;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Port: where logged models are kept. */
public interface LoggedModelRepository {

    void insert(LoggedModel model);

    Optional<LoggedModel> find(String id);

    /** All of some experiments, the latest made first. */
    List<LoggedModel> list(Collection<ExperimentId> experiments);

    /** Every value that was told of some models, by their ids: by name, then oldest first. Others are left out. */
    Map<String, List<ModelMetric.Told>> metrics(Collection<String> models);

    /** Applies a change and gives what is stored then; others wait meanwhile. */
    Optional<LoggedModel> change(String id, UnaryOperator<LoggedModel> change);

    void remove(String id);
}
