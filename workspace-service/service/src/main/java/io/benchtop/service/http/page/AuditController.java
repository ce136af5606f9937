package io.benchtop.service.http.page;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.audit.AuditEvent;
import io.benchtop.service.audit.AuditQuery;
import io.benchtop.service.audit.AuditRow;
import io.benchtop.service.identity.AuditReading;
import io.benchtop.service.identity.Caller;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The audit log for people. */
@Controller("/admin/audit")
@Produces(MediaType.TEXT_HTML)
final class AuditController {

    private static final int ROWS = 100;

    private final AuditReading audit;
    private final Frames frames;

    AuditController(AuditReading audit, Frames frames) {
        this.audit = requireNonNull(audit, "audit is null");
        this.frames = requireNonNull(frames, "frames is null");
    }

    @Get
    HttpResponse<String> list(
            HttpRequest<?> request,
            Caller caller,
            @QueryValue @Nullable Long before,
            @QueryValue(defaultValue = "") String actor,
            @QueryValue(defaultValue = "") String action) {
        String who = actor.strip();
        String what = action.strip();
        List<AuditRow> rows = audit.list(caller, new AuditQuery(before, ROWS, emptyToNull(who), emptyToNull(what)));
        return Answers.page(new AuditPage(
                frames.of(request, Section.AUDIT),
                rows.stream().map(row -> row(row.event())).toList(),
                who,
                what,
                before != null,
                rows.size() < ROWS ? null : Long.toString(rows.getLast().id())));
    }

    private static AuditPage.AuditRow row(AuditEvent event) {
        return new AuditPage.AuditRow(
                HumaneTime.exactly(event.at()),
                event.actor(),
                event.address(),
                event.action(),
                event.object(),
                event.result(),
                event.detail());
    }

    private static @Nullable String emptyToNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
