package io.benchtop.service.endpoint;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.audit.Transactions;
import io.benchtop.service.change.Change;
import io.benchtop.service.change.ChangeLog;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Changes endpoints and tells everybody, in one transaction: who hears of a change sees it. */
final class EndpointNews {

    private final EndpointRepository endpoints;
    private final Transactions transactions;
    private final ChangeLog log;

    EndpointNews(EndpointRepository endpoints, Transactions transactions, ChangeLog log) {
        this.endpoints = requireNonNull(endpoints, "endpoints is null");
        this.transactions = requireNonNull(transactions, "transactions is null");
        this.log = requireNonNull(log, "log is null");
    }

    /**
     * @param record is run with the endpoint after the change, before everybody is told
     * @return empty if it is gone
     */
    Optional<Endpoint> change(EndpointId id, UnaryOperator<Endpoint> change, Consumer<Endpoint> record) {
        return transactions.call(() -> {
            Optional<Endpoint> after = endpoints.change(id, change);
            after.ifPresent(endpoint -> {
                record.accept(endpoint);
                tell(endpoint.id());
            });
            return after;
        });
    }

    /** Inside the caller's transaction, as the last thing in it. */
    void tell(EndpointId id) {
        log.append(Change.Kind.ENDPOINT_CHANGED, id.value(), "");
    }

    void tellRemoved(Endpoint endpoint) {
        log.append(
                Change.Kind.ENDPOINT_REMOVED,
                endpoint.id().value(),
                endpoint.name().value());
    }
}
