package io.benchtop.modelserver.engine;

import io.benchtop.modelserver.protocol.DataType;
import io.benchtop.modelserver.protocol.Signature;
import io.benchtop.modelserver.protocol.Tensor;
import io.benchtop.modelserver.protocol.TensorSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What one model version did since it was loaded. */
public final class VersionStatistics {

    private final LongAdder inferences = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private final LongAdder failedNanos = new LongAdder();
    private final LongAdder executions = new LongAdder();
    private final LongAdder rows = new LongAdder();
    private final LongAdder nans = new LongAdder();
    private final LongAdder waitNanos = new LongAdder();
    private final LongAdder computeNanos = new LongAdder();
    private final LatencyHistogram latency = new LatencyHistogram();
    private final Map<String, OutputMoments> outputs = new LinkedHashMap<>();
    private final ShadowStatistics shadow = new ShadowStatistics();

    VersionStatistics(Signature signature) {
        for (TensorSpec output : signature.outputs()) {
            if (output.datatype() != DataType.BYTES) {
                outputs.put(output.name(), new OutputMoments());
            }
        }
    }

    void waited(long nanos) {
        waitNanos.add(nanos);
    }

    void computed(long nanos) {
        computeNanos.add(nanos);
    }

    void ran(List<Tensor> results, long rowsOfRun) {
        executions.increment();
        rows.add(rowsOfRun);
        for (Tensor result : results) {
            OutputMoments moments = outputs.get(result.name());
            if (moments != null) {
                nans.add(moments.add(result));
            }
        }
    }

    void succeeded(long nanos) {
        inferences.increment();
        latency.record(nanos);
    }

    void failed(long nanos) {
        failures.increment();
        failedNanos.add(nanos);
    }

    /** Requests that were answered with outputs. */
    public long inferences() {
        return inferences.sum();
    }

    public long failures() {
        return failures.sum();
    }

    public long failedNanos() {
        return failedNanos.sum();
    }

    /** Runs of the model; fewer than inferences where requests shared them. */
    public long executions() {
        return executions.sum();
    }

    public long rows() {
        return rows.sum();
    }

    public long nanOutputs() {
        return nans.sum();
    }

    public long waitNanos() {
        return waitNanos.sum();
    }

    public long computeNanos() {
        return computeNanos.sum();
    }

    public LatencyHistogram latency() {
        return latency;
    }

    public Map<String, OutputMoments> outputs() {
        return outputs;
    }

    public ShadowStatistics shadow() {
        return shadow;
    }
}
