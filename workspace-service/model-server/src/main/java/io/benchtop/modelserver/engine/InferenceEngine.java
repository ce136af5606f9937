package io.benchtop.modelserver.engine;

import io.benchtop.modelserver.protocol.InferenceAnswer;
import io.benchtop.modelserver.protocol.InferenceException;
import io.benchtop.modelserver.protocol.InferenceRequest;
import io.benchtop.modelserver.protocol.Quote;
import io.benchtop.modelserver.protocol.RequestedOutput;
import io.benchtop.modelserver.protocol.Tensor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The way of a request: which version, does it fit, wait, run, which outputs. */
public final class InferenceEngine {

    /** Told exactly once, on whatever thread: the answer, which it closes, or why there is none. */
    public interface Listener {
        void answered(InferenceAnswer answer);

        void refused(InferenceException why);
    }

    /** Sees every answer before its sender does; it closes nothing and must not wait. */
    @FunctionalInterface
    public interface Observer {
        void answered(InferenceRequest request, InferenceAnswer answer);
    }

    private final ServedModels models;
    private final Observer observer;

    public InferenceEngine(ServedModels models, Observer observer) {
        this.models = models;
        this.observer = observer;
    }

    /** The version that a request for this name and version would get now. */
    public ServedVersion version(String name, @Nullable String version) {
        return models.find(name, version);
    }

    /** The request stays the caller's, and open until the listener was told. */
    public void infer(
            String name,
            @Nullable String version,
            InferenceRequest request,
            Optional<Duration> timeout,
            Listener listener) {
        ServedVersion served;
        try {
            served = models.acquire(name, version);
        } catch (InferenceException e) {
            listener.refused(e);
            return;
        }
        try {
            List<Tensor> inputs = served.signature().arrange(request.inputs());
            requireOutputs(served, request.outputs());
            long now = System.nanoTime();
            long deadline = timeout.map(left -> now + left.toNanos()).orElse(Job.NEVER);
            served.lane().submit(Job.of(inputs, now, deadline, new Run(served, request, listener, observer)));
        } catch (InferenceException e) {
            served.release();
            listener.refused(e);
        }
    }

    private static void requireOutputs(ServedVersion served, List<RequestedOutput> outputs) {
        for (int i = 0; i < outputs.size(); i++) {
            String name = outputs.get(i).name();
            served.signature().requireOutput(name);
            if (outputs.subList(0, i).stream().anyMatch(other -> other.name().equals(name))) {
                throw InferenceException.invalid("output " + Quote.of(name) + " is asked for twice");
            }
        }
    }

    /** One request while it waits and runs. */
    private record Run(ServedVersion served, InferenceRequest request, Listener listener, Observer observer)
            implements Job.Completion {

        @Override
        public void completed(List<Tensor> outputs) {
            InferenceAnswer answer =
                    new InferenceAnswer(served.name(), served.version(), request.id(), select(outputs));
            served.release();
            observer.answered(request, answer);
            listener.answered(answer);
        }

        private List<Tensor> select(List<Tensor> outputs) {
            if (request.outputs().isEmpty()) {
                return outputs;
            }
            List<Tensor> selected = new ArrayList<>(request.outputs().size());
            for (RequestedOutput wanted : request.outputs()) {
                for (Tensor output : outputs) {
                    if (output.name().equals(wanted.name())) {
                        selected.add(output.share());
                    }
                }
            }
            Tensor.closeAll(outputs);
            return selected;
        }

        @Override
        public void failed(InferenceException why) {
            served.release();
            listener.refused(why);
        }
    }
}
