package io.benchtop.service.experiment;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;

/**
 * A run with what was logged of it.
 *
 * @param metrics the latest value of each
 * @param modelInputs ids of the logged models that it read
 */
public record RecordedRun(
        ExperimentRun run,
        Map<String, String> params,
        Map<String, String> tags,
        List<Metric> metrics,
        List<DatasetInput> inputs,
        List<String> modelInputs,
        List<ModelOutput> outputs) {

    public RecordedRun {
        requireNonNull(run, "run is null");
        params = Map.copyOf(params);
        tags = Map.copyOf(tags);
        metrics = List.copyOf(metrics);
        inputs = List.copyOf(inputs);
        modelInputs = List.copyOf(modelInputs);
        outputs = List.copyOf(outputs);
    }
}
