package io.benchtop.service.connection;

import io.benchtop.service.problem.ErrorCode;
import io.benchtop.service.problem.ProblemException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** What goes wrong with a source, in the same words whichever driver it is behind. */
public final class SourceProblem {

    private static final Duration RETRY = Duration.ofSeconds(5);
    private static final int MAX_DEPTH = 20;

    private SourceProblem() {}

    /** It answers, and says no. */
    public static ProblemException failed(Connection connection, String sentence) {
        return ProblemException.of(ErrorCode.CONNECTION_FAILED, connection.title() + ": " + sentence);
    }

    /** It cannot be spoken to as it must be, or is not who it says. */
    public static ProblemException encryption(Connection connection) {
        return failed(
                connection,
                "the encrypted connection (TLS) fails. Check that the server has it, that its certificate is one for this"
                        + " host and that the service trusts who issued it.");
    }

    /** It does not answer. */
    public static ProblemException away(Connection connection, String sentence) {
        return away(connection, sentence, RETRY);
    }

    static ProblemException away(Connection connection, String sentence, Duration retryAfter) {
        return ProblemException.retryLater(
                ErrorCode.SOURCE_AWAY, connection.title() + " does not answer: " + sentence, retryAfter);
    }

    /** What a failure of the network means; empty if it is none. Looks through what drivers wrap it in. */
    public static Optional<ProblemException> ofNetwork(Connection connection, @Nullable Throwable failure) {
        Optional<ProblemException> found = Optional.empty();
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < MAX_DEPTH; depth++) {
            // The innermost says the most.
            Optional<ProblemException> inner = ofOne(connection, cause);
            found = inner.isPresent() ? inner : found;
            cause = cause.getCause();
        }
        return found;
    }

    private static Optional<ProblemException> ofOne(Connection connection, Throwable cause) {
        return switch (cause) {
            case AddressRefused refused -> Optional.of(failed(connection, String.valueOf(refused.getMessage())));
            case UnknownHostException _ ->
                Optional.of(
                        away(connection, "its host is unknown. Check the name, and that the service can look it up."));
            case InterruptedIOException _ ->
                Optional.of(away(
                        connection, "it took too long. Check that it is up and that no firewall stops the service."));
            case ConnectException refusedOrLate
            when isTimeout(refusedOrLate) ->
                Optional.of(away(
                        connection, "it took too long. Check that it is up and that no firewall stops the service."));
            case ConnectException _, PortUnreachableException _ ->
                Optional.of(away(
                        connection,
                        "its host refuses the connection. Check the port, and that something listens there."));
            case NoRouteToHostException _ ->
                Optional.of(away(connection, "there is no way to its host. Check the address and the network."));
            case SSLException _ -> Optional.of(encryption(connection));
            case SocketException _ -> Optional.of(away(connection, "the connection broke off. Try again."));
            default -> Optional.empty();
        };
    }

    private static boolean isTimeout(ConnectException failure) {
        String message = String.valueOf(failure.getMessage());
        return message.contains("timed out")
                || failure.getClass().getSimpleName().contains("Timeout");
    }
}
