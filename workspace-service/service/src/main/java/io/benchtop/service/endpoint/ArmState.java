package io.benchtop.service.endpoint;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is seen of the model-servers of one version. */
public sealed interface ArmState {

    /** None runs, or none that answers yet. */
    record Starting(String message) implements ArmState {
        public Starting {
            requireNonNull(message, "message is null");
        }
    }

    /**
     * At least one answers.
     *
     * @param trouble why others that should run do not, as a sentence; null if all is well
     */
    record Ready(List<Server> servers, @Nullable String trouble) implements ArmState {

        public Ready(List<Server> servers) {
            this(servers, null);
        }

        public Ready {
            servers = List.copyOf(servers);
            if (servers.isEmpty()) {
                throw new IllegalArgumentException("ready without a server");
            }
        }
    }

    /** None runs because nobody asks; it is started when somebody does. */
    record Asleep() implements ArmState {}

    /**
     * It ended, or does not come up; it is tried again later.
     *
     * @param code for programs, such as {@code CRASHED}
     * @param message for people, with the last lines of its log where there are any
     */
    record Failed(String code, String message) implements ArmState {
        public Failed {
            requireNonNull(code, "code is null");
            requireNonNull(message, "message is null");
        }
    }

    /**
     * One process that answers.
     *
     * @param http its base address
     * @param grpc host and port; null if it has none
     * @param admin its base address for health and statistics
     */
    record Server(URI http, @Nullable String grpc, URI admin) {
        public Server {
            requireNonNull(http, "http is null");
            requireNonNull(admin, "admin is null");
        }
    }
}
