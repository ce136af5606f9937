package io.benchtop.modelserver.protocol;

/** What a model expects of an input or promises of an output. */
public record TensorSpec(String name, DataType datatype, Shape shape) {

    /** Refuses a tensor that does not fit, with what was expected and what came. */
    public void check(Tensor tensor) {
        if (tensor.datatype() != datatype) {
            throw InferenceException.invalid(
                    "input " + Quote.of(name) + ": expected datatype " + datatype + ", got " + tensor.datatype());
        }
        if (!shape.admits(tensor.shape())) {
            throw InferenceException.invalid(
                    "input " + Quote.of(name) + ": expected shape " + shape + ", got " + tensor.shape());
        }
    }

    @Override
    public String toString() {
        return name + " " + datatype + shape;
    }
}
