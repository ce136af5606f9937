package io.benchtop.service.model;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import io.benchtop.api.model.ModelManifest;
import io.benchtop.api.model.ModelSample;
import io.benchtop.api.model.ModelSignature;
import io.benchtop.api.model.ModelTensor;
import io.benchtop.api.model.SampleTensor;
import io.benchtop.api.model.Tolerance;
import io.benchtop.service.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The files of a version that Benchtop writes itself, from what it was told. */
final class Samples {

    private static final Gson GSON =
            new GsonBuilder().disableHtmlEscaping().setPrettyPrinting().create();
    private static final Tolerance USUAL = new Tolerance(1e-4, 1e-4);
    private static final Set<String> TYPES = Set.of(
            "BOOL", "UINT8", "UINT16", "UINT32", "UINT64", "INT8", "INT16", "INT32", "INT64", "FP16", "BF16", "FP32",
            "FP64", "BYTES");
    private static final int MOST_TENSORS = 1000;
    private static final int DEEPEST = 16;

    private Samples() {}

    static byte[] signature(ModelSignature signature) {
        check("signature.inputs", signature.inputs(), -1);
        check("signature.outputs", signature.outputs(), -1);
        return bytes(signature);
    }

    static byte[] sample(ModelSample sample) {
        check("sample.inputs", tensors(sample.inputs()), 0);
        check("sample.outputs", tensors(sample.outputs()), 0);
        Tolerance tolerance = sample.tolerance() == null ? USUAL : sample.tolerance();
        if (!(tolerance.absolute() >= 0) || !(tolerance.relative() >= 0)) {
            throw ProblemException.invalidField("sample.tolerance", "must be two numbers that are not negative");
        }
        return bytes(new ModelSample(sample.inputs(), sample.outputs(), tolerance));
    }

    static byte[] manifest(ModelManifest manifest) {
        return bytes(manifest);
    }

    private static List<ModelTensor> tensors(List<SampleTensor> values) {
        return values.stream()
                .map(each -> new ModelTensor(each.name(), each.datatype(), each.shape()))
                .toList();
    }

    /** @param least size of a dimension */
    private static void check(String field, List<ModelTensor> tensors, long least) {
        Set<String> names = new HashSet<>();
        if (tensors.isEmpty() || tensors.size() > MOST_TENSORS) {
            throw ProblemException.invalidField(field, "must be 1 to " + MOST_TENSORS);
        }
        for (ModelTensor tensor : tensors) {
            if (tensor.name().isEmpty() || !names.add(tensor.name())) {
                throw ProblemException.invalidField(field, "must have names, each another one");
            }
            if (!TYPES.contains(tensor.datatype())) {
                throw ProblemException.invalidField(
                        field,
                        "\"" + tensor.name()
                                + "\" has a datatype that the Open Inference Protocol does not know; FP32 is one"
                                + " that it knows");
            }
            if (tensor.shape().size() > DEEPEST || tensor.shape().stream().anyMatch(size -> size < least)) {
                throw ProblemException.invalidField(
                        field,
                        "\"" + tensor.name() + "\" must have at most " + DEEPEST + " dimensions, none smaller than "
                                + least);
            }
        }
    }

    private static byte[] bytes(Object value) {
        return GSON.toJson(value).getBytes(StandardCharsets.UTF_8);
    }
}
