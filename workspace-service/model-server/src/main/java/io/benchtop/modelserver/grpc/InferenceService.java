package io.benchtop.modelserver.grpc;

import io.benchtop.modelserver.engine.InferenceEngine;
import io.benchtop.modelserver.engine.ServedModels;
import io.benchtop.modelserver.engine.ServedVersion;
import io.benchtop.modelserver.engine.ServerIdentity;
import io.benchtop.modelserver.engine.Serving;
import io.benchtop.modelserver.engine.VersionStatistics;
import io.benchtop.modelserver.protocol.DataType;
import io.benchtop.modelserver.protocol.InferenceAnswer;
import io.benchtop.modelserver.protocol.InferenceException;
import io.benchtop.modelserver.protocol.InferenceException.Reason;
import io.benchtop.modelserver.protocol.InferenceRequest;
import io.benchtop.modelserver.protocol.TensorSpec;
import io.benchtop.modelserver.store.ModelVersionNumber;
import io.benchtop.modelserver.wire.GRPCInferenceServiceGrpc.GRPCInferenceServiceImplBase;
import io.benchtop.modelserver.wire.InferStatistics;
import io.benchtop.modelserver.wire.ModelConfig;
import io.benchtop.modelserver.wire.ModelConfigRequest;
import io.benchtop.modelserver.wire.ModelConfigResponse;
import io.benchtop.modelserver.wire.ModelInferRequest;
import io.benchtop.modelserver.wire.ModelInferResponse;
import io.benchtop.modelserver.wire.ModelInput;
import io.benchtop.modelserver.wire.ModelMetadataRequest;
import io.benchtop.modelserver.wire.ModelMetadataResponse;
import io.benchtop.modelserver.wire.ModelMetadataResponse.TensorMetadata;
import io.benchtop.modelserver.wire.ModelOutput;
import io.benchtop.modelserver.wire.ModelReadyRequest;
import io.benchtop.modelserver.wire.ModelReadyResponse;
import io.benchtop.modelserver.wire.ModelStatistics;
import io.benchtop.modelserver.wire.ModelStatisticsRequest;
import io.benchtop.modelserver.wire.ModelStatisticsResponse;
import io.benchtop.modelserver.wire.RepositoryIndexRequest;
import io.benchtop.modelserver.wire.RepositoryIndexResponse;
import io.benchtop.modelserver.wire.ServerLiveRequest;
import io.benchtop.modelserver.wire.ServerLiveResponse;
import io.benchtop.modelserver.wire.ServerMetadataRequest;
import io.benchtop.modelserver.wire.ServerMetadataResponse;
import io.benchtop.modelserver.wire.ServerReadyRequest;
import io.benchtop.modelserver.wire.ServerReadyResponse;
import io.benchtop.modelserver.wire.StatisticDuration;
import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The calls of the protocol. What is not here is answered with UNIMPLEMENTED. */
final class InferenceService extends GRPCInferenceServiceImplBase {

    private final Serving serving;

    InferenceService(Serving serving) {
        this.serving = serving;
    }

    private static <A> void answer(StreamObserver<A> caller, Supplier<A> answer) {
        try {
            caller.onNext(answer.get());
            caller.onCompleted();
        } catch (InferenceException e) {
            caller.onError(Statuses.of(e));
        }
    }

    @Override
    public void serverLive(ServerLiveRequest request, StreamObserver<ServerLiveResponse> caller) {
        answer(caller, () -> ServerLiveResponse.newBuilder().setLive(true).build());
    }

    @Override
    public void serverReady(ServerReadyRequest request, StreamObserver<ServerReadyResponse> caller) {
        answer(
                caller,
                () -> ServerReadyResponse.newBuilder()
                        .setReady(serving.state().isReady())
                        .build());
    }

    @Override
    public void modelReady(ModelReadyRequest request, StreamObserver<ModelReadyResponse> caller) {
        answer(caller, () -> {
            boolean ready = !serving.state().isEnding() && isServed(request.getName(), request.getVersion());
            return ModelReadyResponse.newBuilder().setReady(ready).build();
        });
    }

    /** One that is being loaded is there, but not ready; one that nobody knows is an error. */
    private boolean isServed(String name, String version) {
        try {
            return version(name, version) != null;
        } catch (InferenceException e) {
            if (e.reason() == Reason.UNAVAILABLE) {
                return false;
            }
            throw e;
        }
    }

    private ServedVersion version(String name, String version) {
        if (!ModelVersionNumber.isPlain(name) || !(version.isEmpty() || ModelVersionNumber.isPlain(version))) {
            throw InferenceException.invalid("names of models and versions have letters, digits and . _ - only");
        }
        return serving.engine().version(name, version);
    }

    @Override
    public void serverMetadata(ServerMetadataRequest request, StreamObserver<ServerMetadataResponse> caller) {
        answer(
                caller,
                () -> ServerMetadataResponse.newBuilder()
                        .setName(ServerIdentity.NAME)
                        .setVersion(ServerIdentity.VERSION)
                        .addAllExtensions(ServerIdentity.EXTENSIONS)
                        .build());
    }

    @Override
    public void modelMetadata(ModelMetadataRequest request, StreamObserver<ModelMetadataResponse> caller) {
        answer(caller, () -> {
            ServedVersion served = version(request.getName(), request.getVersion());
            List<String> versions = request.getVersion().isEmpty()
                    ? serving.models().versions(served.name())
                    : List.of(served.version());
            return ModelMetadataResponse.newBuilder()
                    .setName(served.name())
                    .addAllVersions(versions)
                    .setPlatform(served.platform())
                    .addAllInputs(metadata(served.signature().inputs()))
                    .addAllOutputs(metadata(served.signature().outputs()))
                    .build();
        });
    }

    private static List<TensorMetadata> metadata(List<TensorSpec> specs) {
        return specs.stream()
                .map(spec -> {
                    TensorMetadata.Builder tensor = TensorMetadata.newBuilder()
                            .setName(spec.name())
                            .setDatatype(spec.datatype().name());
                    for (long dimension : spec.shape().dimensions()) {
                        tensor.addShape(dimension);
                    }
                    return tensor.build();
                })
                .toList();
    }

    @Override
    public void modelInfer(ModelInferRequest message, StreamObserver<ModelInferResponse> caller) {
        InferenceRequest request;
        try {
            version(message.getModelName(), message.getModelVersion());
            request = InferenceMessages.request(message);
        } catch (InferenceException e) {
            caller.onError(Statuses.of(e));
            return;
        }
        serving.engine()
                .infer(
                        message.getModelName(),
                        message.getModelVersion(),
                        request,
                        timeLeft(Context.current().getDeadline()).or(request::timeout),
                        new Answering(message, request, caller));
    }

    private static Optional<Duration> timeLeft(@Nullable Deadline deadline) {
        return Optional.ofNullable(deadline).map(end -> Duration.ofNanos(end.timeRemaining(TimeUnit.NANOSECONDS)));
    }

    private record Answering(
            ModelInferRequest message, InferenceRequest request, StreamObserver<ModelInferResponse> caller)
            implements InferenceEngine.Listener {

        @Override
        public void answered(InferenceAnswer answer) {
            try (request;
                    answer) {
                InferenceService.answer(caller, () -> InferenceMessages.response(message, answer));
            }
        }

        @Override
        public void refused(InferenceException why) {
            request.close();
            caller.onError(Statuses.of(why));
        }
    }

    @Override
    public void repositoryIndex(RepositoryIndexRequest request, StreamObserver<RepositoryIndexResponse> caller) {
        answer(caller, () -> {
            RepositoryIndexResponse.Builder index = RepositoryIndexResponse.newBuilder();
            for (ServedVersion served : serving.models().all()) {
                index.addModelsBuilder()
                        .setName(served.name())
                        .setVersion(served.version())
                        .setState("READY");
            }
            for (ServedModels.Unavailable model : request.getReady()
                    ? List.<ServedModels.Unavailable>of()
                    : serving.models().unavailable()) {
                index.addModelsBuilder()
                        .setName(model.name())
                        .setState(model.loading() ? "LOADING" : "UNAVAILABLE")
                        .setReason(model.reason());
            }
            return index.build();
        });
    }

    @Override
    public void modelStatistics(ModelStatisticsRequest request, StreamObserver<ModelStatisticsResponse> caller) {
        answer(caller, () -> {
            List<ServedVersion> versions = request.getName().isEmpty()
                    ? serving.models().all()
                    : List.of(version(request.getName(), request.getVersion()));
            return ModelStatisticsResponse.newBuilder()
                    .addAllModelStats(
                            versions.stream().map(InferenceService::statistics).toList())
                    .build();
        });
    }

    private static ModelStatistics statistics(ServedVersion served) {
        VersionStatistics statistics = served.statistics();
        return ModelStatistics.newBuilder()
                .setName(served.name())
                .setVersion(served.version())
                .setInferenceCount(statistics.rows())
                .setExecutionCount(statistics.executions())
                .setInferenceStats(InferStatistics.newBuilder()
                        .setSuccess(duration(
                                statistics.inferences(), statistics.latency().sumMicros() * 1000))
                        .setFail(duration(statistics.failures(), statistics.failedNanos()))
                        .setQueue(duration(statistics.inferences(), statistics.waitNanos()))
                        .setComputeInfer(duration(statistics.executions(), statistics.computeNanos())))
                .build();
    }

    private static StatisticDuration duration(long count, long nanos) {
        return StatisticDuration.newBuilder().setCount(count).setNs(nanos).build();
    }

    @Override
    public void modelConfig(ModelConfigRequest request, StreamObserver<ModelConfigResponse> caller) {
        answer(caller, () -> {
            ServedVersion served = version(request.getName(), request.getVersion());
            ModelConfig.Builder config = ModelConfig.newBuilder()
                    .setName(served.name())
                    .setPlatform(served.platform())
                    .setBackend(served.platform().startsWith("onnx") ? "onnxruntime" : "pytorch");
            for (TensorSpec spec : served.signature().inputs()) {
                ModelInput.Builder input =
                        config.addInputBuilder().setName(spec.name()).setDataType(type(spec));
                for (long dimension : spec.shape().dimensions()) {
                    input.addDims(dimension);
                }
            }
            for (TensorSpec spec : served.signature().outputs()) {
                ModelOutput.Builder output =
                        config.addOutputBuilder().setName(spec.name()).setDataType(type(spec));
                for (long dimension : spec.shape().dimensions()) {
                    output.addDims(dimension);
                }
            }
            return ModelConfigResponse.newBuilder().setConfig(config).build();
        });
    }

    private static io.benchtop.modelserver.wire.DataType type(TensorSpec spec) {
        return spec.datatype() == DataType.BYTES
                ? io.benchtop.modelserver.wire.DataType.TYPE_STRING
                : io.benchtop.modelserver.wire.DataType.valueOf("TYPE_" + spec.datatype());
    }
}
