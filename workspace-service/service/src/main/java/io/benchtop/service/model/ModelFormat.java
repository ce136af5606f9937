package io.benchtop.service.model;

import io.benchtop.service.problem.ProblemException;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What kind of file is served; Python's own files are kept, and served by nobody. */
public enum ModelFormat {
    ONNX("model.onnx"),
    TORCHSCRIPT("model.pt"),
    PYTHON(null);

    private final @Nullable String file;

    ModelFormat(@Nullable String file) {
        this.file = file;
    }

    /** The one file that is served; empty if there is none. */
    public Optional<String> file() {
        return Optional.ofNullable(file);
    }

    public boolean isServable() {
        return file != null;
    }

    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Of what people publish: something that can be served. */
    public static ModelFormat parse(String text) {
        for (ModelFormat each : values()) {
            if (each.isServable() && each.code().equals(text)) {
                return each;
            }
        }
        throw ProblemException.invalidField(
                "format",
                "must be onnx or torchscript. Export the model first: skl2onnx for scikit-learn, torch.onnx.export for PyTorch");
    }
}
