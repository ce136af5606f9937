package io.benchtop.modelserver.check;

import io.benchtop.modelserver.engine.Comparison;
import io.benchtop.modelserver.engine.Model;
import io.benchtop.modelserver.engine.ModelLoader;
import io.benchtop.modelserver.engine.VersionLoader;
import io.benchtop.modelserver.protocol.InferenceException;
import io.benchtop.modelserver.protocol.Signature;
import io.benchtop.modelserver.protocol.Tensor;
import io.benchtop.modelserver.store.ModelException;
import io.benchtop.modelserver.store.ModelException.Code;
import io.benchtop.modelserver.store.Sample;
import io.benchtop.modelserver.store.VersionFolder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Loads a version once, runs its sample, compares, and measures. */
public final class ModelCheck {

    private static final int RUNS = 100;
    private static final long LONGEST_NANOS = 2_000_000_000L;

    /** What was found of a version that may be served. */
    public record Findings(
            String platform,
            Signature signature,
            long loadMillis,
            long medianMicros,
            long p99Micros,
            Comparison comparison) {}

    private final ModelLoader loader;

    public ModelCheck(ModelLoader loader) {
        this.loader = loader;
    }

    public Findings run(Path path) throws ModelException {
        VersionFolder folder = VersionFolder.open(path);
        Sample sample = folder.sample()
                .orElseThrow(() -> new ModelException(
                        Code.SAMPLE_INVALID, "there is no sample.json: publish the model with a sample of its inputs"));
        try (sample) {
            long start = System.nanoTime();
            try (Model model = VersionLoader.open(loader, folder)) {
                long loadMillis = (System.nanoTime() - start) / 1_000_000;
                return run(model, sample, loadMillis);
            }
        }
    }

    private static Findings run(Model model, Sample sample, long loadMillis) throws ModelException {
        List<Tensor> inputs;
        try {
            inputs = model.signature().arrange(sample.request().inputs());
        } catch (InferenceException e) {
            throw new ModelException(Code.SAMPLE_INVALID, "sample.json does not fit the model: " + e.sentence(), e);
        }
        if (sample.expected().isEmpty()) {
            throw new ModelException(
                    Code.SAMPLE_INVALID, "sample.json has no outputs: add what the model should answer");
        }
        try {
            Comparison comparison = compare(model, inputs, sample);
            long[] micros = measure(model, inputs);
            return new Findings(
                    model.platform(),
                    model.signature(),
                    loadMillis,
                    micros[micros.length / 2],
                    micros[Math.min(micros.length - 1, micros.length * 99 / 100)],
                    comparison);
        } catch (InferenceException e) {
            throw new ModelException(Code.SAMPLE_FAILED, "the model does not run on its sample: " + e.sentence(), e);
        }
    }

    private static Comparison compare(Model model, List<Tensor> inputs, Sample sample) throws ModelException {
        List<Tensor> outputs = model.run(inputs);
        try {
            Comparison comparison = Comparison.of(sample.expected(), outputs, sample.tolerance());
            if (!comparison.isWithin()) {
                throw new ModelException(
                        Code.SAMPLE_DIFFERS,
                        "the model answers its sample otherwise than sample.json says: " + comparison.difference()
                                + ". Export it anew, or widen the sample's tolerance (now "
                                + sample.tolerance().absolute() + " absolute, "
                                + sample.tolerance().relative()
                                + " relative)");
            }
            return comparison;
        } finally {
            Tensor.closeAll(outputs);
        }
    }

    /** Durations of runs after the first, sorted. */
    private static long[] measure(Model model, List<Tensor> inputs) {
        long[] micros = new long[RUNS];
        int runs = 0;
        long begin = System.nanoTime();
        while (runs < RUNS && (runs == 0 || System.nanoTime() - begin < LONGEST_NANOS)) {
            long start = System.nanoTime();
            Tensor.closeAll(model.run(inputs));
            micros[runs++] = (System.nanoTime() - start) / 1000;
        }
        long[] done = Arrays.copyOf(micros, runs);
        Arrays.sort(done);
        return done;
    }
}
