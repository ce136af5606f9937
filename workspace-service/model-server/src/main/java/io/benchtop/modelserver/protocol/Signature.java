package io.benchtop.modelserver.protocol;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Inputs and outputs of a model, in the model's own order. */
public record Signature(List<TensorSpec> inputs, List<TensorSpec> outputs) {

    public Signature {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        if (outputs.isEmpty()) {
            throw new IllegalArgumentException("a model needs an output");
        }
    }

    /** The tensors in the order of the inputs; refuses those that do not fit, are missing or too many. */
    public List<Tensor> arrange(List<Tensor> tensors) {
        if (inputs.size() == 1 && tensors.size() == 1) {
            Tensor only = tensors.getFirst();
            requireInput(inputs.getFirst(), only.name().equals(inputs.getFirst().name()) ? only : null, tensors);
            return tensors;
        }
        Map<String, Tensor> byName = HashMap.newHashMap(tensors.size());
        for (Tensor tensor : tensors) {
            byName.put(tensor.name(), tensor);
        }
        List<Tensor> arranged = new ArrayList<>(inputs.size());
        for (TensorSpec input : inputs) {
            arranged.add(requireInput(input, byName.get(input.name()), tensors));
        }
        if (tensors.size() > inputs.size()) {
            throw InferenceException.invalid("expected the inputs " + names(inputs) + ", got " + tensors.size()
                    + " inputs: "
                    + Quote.of(tensors.stream().map(Tensor::name).toList().toString()));
        }
        return arranged;
    }

    private Tensor requireInput(TensorSpec input, @Nullable Tensor tensor, List<Tensor> tensors) {
        if (tensor == null) {
            throw InferenceException.invalid("input " + Quote.of(input.name()) + " is missing: expected the inputs "
                    + names(inputs) + ", got "
                    + Quote.of(tensors.stream().map(Tensor::name).toList().toString()));
        }
        input.check(tensor);
        return tensor;
    }

    public void requireOutput(String name) {
        if (outputs.stream().noneMatch(output -> output.name().equals(name))) {
            throw InferenceException.invalid(
                    "output " + Quote.of(name) + ": expected one of " + names(outputs) + ", got another name");
        }
    }

    private static List<String> names(List<TensorSpec> specs) {
        return specs.stream().map(TensorSpec::name).toList();
    }

    /** Whether requests may share a run: every input and output has any number of rows. */
    public boolean hasFreeRows() {
        return !inputs.isEmpty()
                && inputs.stream().allMatch(spec -> spec.shape().isFree(0))
                && outputs.stream().allMatch(spec -> spec.shape().isFree(0));
    }
}
