package io.benchtop.service.http.api;

import static java.util.Objects.requireNonNull;

import io.benchtop.api.audit.AuditEntry;
import io.benchtop.api.audit.AuditPage;
import io.benchtop.service.audit.AuditCsv;
import io.benchtop.service.audit.AuditEvent;
import io.benchtop.service.audit.AuditQuery;
import io.benchtop.service.audit.AuditRow;
import io.benchtop.service.audit.AuditTrail;
import io.benchtop.service.identity.AuditReading;
import io.benchtop.service.identity.Caller;
import io.benchtop.service.problem.ErrorCode;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The audit log for administrators: to read, never to change. */
@Controller("/api/v1")
final class AuditController {

    private final AuditReading audit;

    AuditController(AuditReading audit) {
        this.audit = requireNonNull(audit, "audit is null");
    }

    @Get("/audit")
    AuditPage list(
            Caller caller,
            @Nullable @QueryValue Long before,
            @QueryValue(defaultValue = "100") int limit,
            @Nullable @QueryValue String actor,
            @Nullable @QueryValue String action) {
        List<AuditRow> rows = audit.list(caller, new AuditQuery(before, limit, actor, action));
        String next = rows.size() < limit ? null : Long.toString(rows.getLast().id());
        return new AuditPage(rows.stream().map(AuditController::entry).toList(), next);
    }

    @Get("/audit.csv")
    @Produces("text/csv")
    HttpResponse<InputStream> csv(Caller caller) {
        InputStream export = new LinesInputStream<>(
                AuditCsv.HEADER, audit.export(caller, 0), AuditCsv::line, last -> audit.export(caller, last.id()));
        return HttpResponse.ok(export).header("Content-Disposition", "attachment; filename=\"benchtop-audit.csv\"");
    }

    private static AuditEntry entry(AuditRow row) {
        AuditEvent event = row.event();
        return new AuditEntry(
                row.id(),
                event.at().toString(),
                event.actor().equals(AuditTrail.ANONYMOUS) ? null : event.actor(),
                event.action(),
                emptyToNull(event.object()),
                outcome(event.result()),
                emptyToNull(detail(event)),
                emptyToNull(event.address()),
                null);
    }

    private static String outcome(String result) {
        if (result.equals(AuditEvent.OK)) {
            return "allowed";
        }
        return result.equals(ErrorCode.INTERNAL_ERROR.code()) || result.equals(ErrorCode.UNAVAILABLE.code())
                ? "failed"
                : "denied";
    }

    private static String detail(AuditEvent event) {
        if (event.result().equals(AuditEvent.OK)) {
            return event.detail();
        }
        return event.detail().isEmpty() ? event.result() : event.result() + ": " + event.detail();
    }

    private static @Nullable String emptyToNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
