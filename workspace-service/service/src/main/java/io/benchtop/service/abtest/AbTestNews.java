package io.benchtop.service.abtest;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.audit.AuditTrail;
import io.benchtop.service.endpoint.Endpoint;
import io.benchtop.service.endpoint.Endpoints;
import io.benchtop.service.endpoint.Step;
import io.benchtop.service.identity.Caller;
import java.time.InstantSource;

/** Tells the history of an endpoint and the audit log what became of a test, inside the transaction of whoever changed it. */
final class AbTestNews {

    private static final String CODE = "TRIAL";

    private final Endpoints endpoints;
    private final AuditTrail audit;
    private final InstantSource clock;

    AbTestNews(Endpoints endpoints, AuditTrail audit, InstantSource clock) {
        this.endpoints = requireNonNull(endpoints, "endpoints is null");
        this.audit = requireNonNull(audit, "audit is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    void began(Caller caller, Endpoint endpoint, AbTest test) {
        String what = "Trial " + test.number() + " of " + test.candidate().version() + " against "
                + test.control().version() + " was begun; it ends with "
                + test.trial().horizon()
                + " users of the smaller side.";
        tell(caller.user().value(), caller.address(), "trial.begin", endpoint, test, what);
    }

    void ended(String actor, String address, Endpoint endpoint, AbTest test) {
        tell(actor, address, "trial.end", endpoint, test, "Trial " + test.number() + " ended. " + test.message());
    }

    private void tell(String actor, String address, String action, Endpoint endpoint, AbTest test, String what) {
        endpoints.tell(endpoint, new Step(clock.instant(), actor, CODE, what));
        audit.done(actor, address, action, "endpoint/" + endpoint.name() + "/trials/" + test.number(), what);
    }
}
