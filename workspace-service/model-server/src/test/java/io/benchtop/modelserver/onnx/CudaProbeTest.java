package io.benchtop.modelserver.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CudaProbeTest {

    @Test
    void aBuildWithoutCudaIsAnObstacle() {
        assertThat(CudaProbe.obstacle(OrtEnvironment.getEnvironment()))
                .hasValueSatisfying(reason -> assertThat(reason).containsIgnoringCase("cuda"));
    }

    /** As ONNX Runtime 1.29 for CUDA said them: without a driver, and with one that found no device. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Error code - ORT_FAIL - message: OrtSessionOptionsAppendExecutionProvider_Cuda: Failed to load shared library"
                        + "|Failed to load shared library",
                "Error code - ORT_FAIL - message: /onnxruntime_src/cuda_call.cc:154 std::conditional_t<THRW, void, Status>"
                        + " CudaCall(ERRTYPE) [with ERRTYPE = cudaError] CUDA failure 35: CUDA driver version is insufficient for"
                        + " CUDA runtime version ; GPU=-1 ; hostname=vm ; file=provider.cc ; line=345 ; expr=cudaSetDevice(0);"
                        + "|CUDA failure 35: CUDA driver version is insufficient for CUDA runtime version"
            })
    void theReasonIsFoundInTheMessage(String message, String reason) {
        assertThat(CudaProbe.reason(message)).isEqualTo(reason);
    }
}
