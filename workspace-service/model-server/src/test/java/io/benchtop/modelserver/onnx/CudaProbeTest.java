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

    /** As ONNX Runtime 1.29 for CUDA says them: the first two as it did without a driver, and with one without a device. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Error code - ORT_FAIL - message: Failed to load library /app/native/onnx/libonnxruntime_providers_cuda.so with error:"
                        + " libcuda.so.1: cannot open shared object file: No such file or directory"
                        + "|libcuda.so.1: cannot open shared object file: No such file or directory",
                "Error code - ORT_FAIL - message: /onnxruntime_src/cuda_call.cc:154 std::conditional_t<THRW, void, Status>"
                        + " CudaCall(ERRTYPE) [with ERRTYPE = cudaError] CUDA failure 35: CUDA driver version is insufficient for"
                        + " CUDA runtime version ; GPU=-1 ; hostname=vm ; file=provider.cc ; line=345 ; expr=cudaSetDevice(0);"
                        + "|CUDA failure 35: CUDA driver version is insufficient for CUDA runtime version",
                "Error code - ORT_FAIL - message: CUBLAS failure 3: CUBLAS_STATUS_ALLOC_FAILED ; GPU=0 ; hostname=vm ; expr=x"
                        + "|CUBLAS failure 3: CUBLAS_STATUS_ALLOC_FAILED"
            })
    void theReasonIsFoundInTheMessage(String message, String reason) {
        assertThat(CudaProbe.reason(message)).isEqualTo(reason);
    }
}
