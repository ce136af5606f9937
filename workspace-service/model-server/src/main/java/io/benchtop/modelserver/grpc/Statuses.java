package io.benchtop.modelserver.grpc;

import io.benchtop.modelserver.protocol.InferenceException;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;

/** Why there is no answer, in gRPC's words. */
final class Statuses {

    private Statuses() {}

    static StatusRuntimeException of(InferenceException why) {
        Status status = switch (why.reason()) {
            case INVALID -> Status.INVALID_ARGUMENT;
            case UNAUTHENTICATED -> Status.UNAUTHENTICATED;
            case FORBIDDEN -> Status.PERMISSION_DENIED;
            case UNKNOWN -> Status.NOT_FOUND;
            case WRONG_METHOD -> Status.UNIMPLEMENTED;
            case TOO_LARGE, OVERLOADED -> Status.RESOURCE_EXHAUSTED;
            case FAILED -> Status.INTERNAL;
            case UNAVAILABLE -> Status.UNAVAILABLE;
            case EXPIRED -> Status.DEADLINE_EXCEEDED;
        };
        return status.withDescription(why.sentence()).asRuntimeException();
    }
}
