package io.benchtop.service.model;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.util.Map;
import java.util.Optional;

/** Port: brings a delivery to its receiver. Goes nowhere that it would refuse, whatever a name meant when it was asked before. */
public interface WebhookSender {

    /** Why nothing may be sent there, as a sentence; empty if it may. */
    Optional<String> refusal(URI url);

    /** Tries once, and does not throw for what a receiver does. */
    Outcome send(URI url, Map<String, String> headers, String body);

    /**
     * What became of a try.
     *
     * @param taken whether the receiver said that it has it
     * @param status what it said, or why it did not come to that, as a sentence
     */
    record Outcome(boolean taken, String status) {

        public Outcome {
            requireNonNull(status, "status is null");
        }
    }
}
