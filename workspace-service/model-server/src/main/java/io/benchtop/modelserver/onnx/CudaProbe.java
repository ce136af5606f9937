package io.benchtop.modelserver.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.providers.OrtCUDAProviderOptions;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether models can run on CUDA here, found by running one of a single node. Each of what is needed fails at another moment: a build
 * with CUDA and its libraries when the provider is added, the driver and a device when a session is made, kernels for just this device
 * when it runs.
 */
final class CudaProbe {

    /** y = Neg(x), one number of 32 bits. */
    private static final byte[] MODEL = HexFormat.of()
            .parseHex(
                    "080812003a360a0b0a017812017922034e6567120570726f62655a0f0a0178120a0a08080112040a020801620f0a017912"
                            + "0a0a08080112040a02080142040a00100d");

    /** What ONNX Runtime writes amid the names of its own functions. */
    private static final Pattern FAILURE = Pattern.compile("\\b[A-Z]+ failure \\d+: [^;]+|(?<=with error: ).+");

    private CudaProbe() {}

    /** Empty if they can; otherwise what is in the way, as a part of a sentence. */
    static Optional<String> obstacle(OrtEnvironment environment) {
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            add(options);
            try (OrtSession session = environment.createSession(MODEL, options);
                    OnnxTensor one = OnnxTensor.createTensor(environment, new float[] {1});
                    OrtSession.Result result = session.run(Map.of("x", one))) {
                return result.size() == 1 ? Optional.empty() : Optional.of("a probe had no answer");
            }
        } catch (OrtException e) {
            return Optional.of(reason(String.valueOf(e.getMessage())));
        }
    }

    /** Numbers as exact as on the CPU, where versions are tried: by default products are rounded to ten bits (TF32). */
    static void add(OrtSession.SessionOptions options) throws OrtException {
        try (OrtCUDAProviderOptions cuda = new OrtCUDAProviderOptions()) {
            cuda.add("use_tf32", "0");
            options.addCUDA(cuda);
        }
    }

    static String reason(String message) {
        Matcher failure = FAILURE.matcher(message);
        if (failure.find()) {
            return failure.group().strip();
        }
        int told = message.lastIndexOf(": ");
        return message.substring(told < 0 ? 0 : told + 2).strip();
    }
}
