package io.benchtop.modelserver.engine;

import io.benchtop.modelserver.protocol.InferenceException;
import io.benchtop.modelserver.protocol.Tensor;
import java.util.List;

/**
 * Inputs that wait for a run, in the model's order. They stay their sender's until the job is done; then its outputs are
 * the sender's, too. Times are of {@link System#nanoTime}.
 */
record Job(List<Tensor> inputs, long rows, long queuedAt, long deadline, Completion completion) {

    /** No deadline. */
    static final long NEVER = Long.MAX_VALUE;

    /** Told exactly once, on a worker's thread. */
    interface Completion {
        void completed(List<Tensor> outputs);

        void failed(InferenceException why);
    }

    static Job of(List<Tensor> inputs, long now, long deadline, Completion completion) {
        return new Job(inputs, commonRows(inputs), now, deadline, completion);
    }

    /** How many rows all inputs have, or -1 if they do not agree. */
    private static long commonRows(List<Tensor> inputs) {
        long rows = -1;
        for (Tensor input : inputs) {
            if (input.shape().rank() == 0 || (rows >= 0 && input.shape().rows() != rows)) {
                return -1;
            }
            rows = input.shape().rows();
        }
        return rows;
    }

    boolean isExpired(long now) {
        return deadline != NEVER && now - deadline >= 0;
    }

    /** Whether both may be rows of one run. */
    boolean fits(Job other) {
        if (rows < 1 || other.rows < 1) {
            return false;
        }
        for (int i = 0; i < inputs.size(); i++) {
            if (!inputs.get(i).shape().sameRows(other.inputs.get(i).shape())) {
                return false;
            }
        }
        return true;
    }
}
