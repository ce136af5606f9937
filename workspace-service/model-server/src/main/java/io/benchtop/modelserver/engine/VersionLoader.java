package io.benchtop.modelserver.engine;

import io.benchtop.modelserver.protocol.InferenceException;
import io.benchtop.modelserver.protocol.Shape;
import io.benchtop.modelserver.protocol.Signature;
import io.benchtop.modelserver.protocol.Tensor;
import io.benchtop.modelserver.protocol.TensorSpec;
import io.benchtop.modelserver.store.ModelException;
import io.benchtop.modelserver.store.ModelException.Code;
import io.benchtop.modelserver.store.Sample;
import io.benchtop.modelserver.store.VersionFolder;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a folder a served version: loads it, holds it against its signature and runs its sample until it is warm. The
 * sample is also run in a batch with its own first row: a model whose rows look at each other gets no batches.
 */
public final class VersionLoader {

    private static final Logger LOG = LoggerFactory.getLogger(VersionLoader.class);
    private static final int WARM_UPS = 20;

    private final ModelLoader loader;
    private final EngineConfig config;
    private final Executor workers;

    public VersionLoader(ModelLoader loader, EngineConfig config, Executor workers) {
        this.loader = loader;
        this.config = config;
        this.workers = workers;
    }

    public ServedVersion load(String name, VersionFolder folder) throws ModelException {
        long start = System.nanoTime();
        Model model = open(loader, folder);
        try {
            VersionStatistics statistics = new VersionStatistics(model.signature());
            Lane lane = new Lane(model, statistics, workers, config);
            warmUp(folder, model, lane);
            LOG.info(
                    "loaded model={} version={} platform={} batching={} millis={}",
                    name,
                    folder.version(),
                    model.platform(),
                    lane.isBatching(),
                    (System.nanoTime() - start) / 1_000_000);
            return new ServedVersion(name, folder.version(), model, statistics, lane);
        } catch (ModelException | RuntimeException e) {
            model.close();
            throw e;
        }
    }

    /** The loaded model, which does what its {@code signature.json} says. */
    public static Model open(ModelLoader loader, VersionFolder folder) throws ModelException {
        Model model = loader.load(folder);
        try {
            Signature told = folder.signature().orElse(model.signature());
            requireSame("input", told.inputs(), model.signature().inputs());
            requireSame("output", told.outputs(), model.signature().outputs());
            return model;
        } catch (ModelException | RuntimeException e) {
            model.close();
            throw e;
        }
    }

    /** A signature may be narrower than the model in its sizes, never wider, and may leave out outputs. */
    private static void requireSame(String kind, List<TensorSpec> told, List<TensorSpec> found) throws ModelException {
        for (TensorSpec spec : told) {
            boolean same = found.stream()
                    .anyMatch(other -> other.name().equals(spec.name())
                            && other.datatype() == spec.datatype()
                            && isCompatible(other.shape(), spec.shape()));
            if (!same) {
                throw new ModelException(
                        Code.SIGNATURE_DIFFERS,
                        "signature.json has the " + kind + " " + spec + ", but the model has " + found
                                + ": make the signature from the model anew");
            }
        }
        if (kind.equals("input") && told.size() != found.size()) {
            throw new ModelException(
                    Code.SIGNATURE_DIFFERS,
                    "signature.json has the inputs " + told + ", but the model has " + found
                            + ": make the signature from the model anew");
        }
    }

    private static boolean isCompatible(Shape model, Shape told) {
        return model.rank() == told.rank()
                && IntStream.range(0, model.rank())
                        .allMatch(i ->
                                model.isFree(i) || told.isFree(i) || model.dimensions()[i] == told.dimensions()[i]);
    }

    private static void warmUp(VersionFolder folder, Model model, Lane lane) throws ModelException {
        Sample sample = folder.sample().orElse(null);
        if (sample == null) {
            return;
        }
        try (sample) {
            List<Tensor> inputs = model.signature().arrange(sample.request().inputs());
            for (int i = 0; i < WARM_UPS; i++) {
                Tensor.closeAll(model.run(inputs));
            }
            if (lane.isBatching() && !rowsAreApart(model, inputs, sample.tolerance())) {
                lane.stopBatching("the sample has other outputs when it shares a run");
            }
        } catch (InferenceException e) {
            throw new ModelException(Code.SAMPLE_FAILED, "the model does not run on its sample: " + e.sentence(), e);
        }
    }

    private static boolean rowsAreApart(Model model, List<Tensor> inputs, Sample.Tolerance tolerance) {
        Job job = Job.of(inputs, 0, Job.NEVER, new Nobody());
        if (job.rows() < 1) {
            return true;
        }
        // Beside itself a sample might not be seen, so its own first row joins it.
        List<Tensor> row = Batch.split(inputs, List.of(first(job))).getFirst();
        List<Job> both = List.of(job, first(job, row));
        List<Tensor> alone = model.run(inputs);
        List<Tensor> joined = Batch.join(both);
        try {
            List<Tensor> together = model.run(joined);
            try {
                return Batch.isSplittable(together, Batch.rows(both)) && isSame(together, both, alone, tolerance);
            } finally {
                Tensor.closeAll(together);
            }
        } catch (InferenceException e) {
            return false;
        } finally {
            Tensor.closeAll(joined);
            Tensor.closeAll(alone);
            Tensor.closeAll(row);
        }
    }

    private static Job first(Job job) {
        return new Job(job.inputs(), 1, job.queuedAt(), job.deadline(), job.completion());
    }

    private static Job first(Job job, List<Tensor> row) {
        return new Job(row, 1, job.queuedAt(), job.deadline(), job.completion());
    }

    private static boolean isSame(
            List<Tensor> together, List<Job> both, List<Tensor> alone, Sample.Tolerance tolerance) {
        List<List<Tensor>> parts = Batch.split(together, both);
        boolean same = Comparison.of(alone, parts.getFirst(), tolerance).isWithin();
        parts.forEach(Tensor::closeAll);
        return same;
    }

    private static final class Nobody implements Job.Completion {

        @Override
        public void completed(List<Tensor> outputs) {
            Tensor.closeAll(outputs);
        }

        @Override
        public void failed(InferenceException why) {}
    }
}
