package io.benchtop.service.connection.s3;

import io.benchtop.service.connection.Connection;
import io.benchtop.service.connection.SourceProblem;
import io.benchtop.service.problem.ProblemException;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** A store's failure in words for whoever asked. */
final class S3Problem {

    private S3Problem() {}

    static ProblemException of(Connection connection, SdkException failure) {
        return switch (failure) {
            case S3Exception answer -> ofAnswer(connection, answer);
            case ApiCallTimeoutException _, ApiCallAttemptTimeoutException _ ->
                SourceProblem.away(
                        connection, "it took too long. Check that it is up and that no firewall stops the service.");
            default ->
                SourceProblem.ofNetwork(connection, failure)
                        .orElseGet(() ->
                                SourceProblem.away(connection, "its answer is not understood. Check the endpoint."));
        };
    }

    /** A body that breaks off is the store's or the network's. */
    static ProblemException ofBody(Connection connection, Exception failure) {
        return SourceProblem.ofNetwork(connection, failure)
                .orElseGet(() -> SourceProblem.away(connection, "the file broke off in the middle. Try again."));
    }

    private static ProblemException ofAnswer(Connection connection, S3Exception answer) {
        AwsErrorDetails details = answer.awsErrorDetails();
        String code = details == null || details.errorCode() == null ? "" : details.errorCode();
        return switch (code) {
            case "NoSuchBucket" -> SourceProblem.failed(connection, "there is no such bucket.");
            case "InvalidAccessKeyId" ->
                SourceProblem.failed(connection, "the store does not know the access key's id.");
            case "SignatureDoesNotMatch" -> SourceProblem.failed(connection, "the secret key is wrong.");
            case "RequestTimeTooSkewed" ->
                SourceProblem.failed(connection, "the clocks of the store and of the service differ by too much.");
            default -> ofStatus(connection, answer.statusCode());
        };
    }

    private static ProblemException ofStatus(Connection connection, int status) {
        if (status >= 300 && status < 400) {
            return SourceProblem.failed(
                    connection, "the store sends us elsewhere, where we do not go. Check the region and the endpoint.");
        }
        return switch (status) {
            case 401, 403 ->
                SourceProblem.failed(
                        connection,
                        "the access key may not do this. It needs the rights to list the bucket and to read objects.");
            case 404 -> SourceProblem.failed(connection, "there is no such bucket.");
            case 408, 429, 500, 502, 503, 504 -> SourceProblem.away(connection, "the store is overloaded or down.");
            default -> SourceProblem.failed(connection, "the store refuses the request (" + status + ").");
        };
    }
}
