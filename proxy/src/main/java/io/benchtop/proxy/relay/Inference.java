package io.benchtop.proxy.relay;

import io.benchtop.proxy.auth.Principal;
import io.benchtop.proxy.auth.Verdict;
import io.benchtop.proxy.http.Ascii;
import io.benchtop.proxy.http.FieldLines;
import io.benchtop.proxy.http.FieldName;
import io.benchtop.proxy.http.RequestHead;
import io.benchtop.proxy.serving.Admission;
import io.benchtop.proxy.serving.Call;
import io.benchtop.proxy.serving.CallerHints;
import io.benchtop.proxy.serving.Denial;
import io.benchtop.proxy.serving.Endpoint;
import io.benchtop.proxy.serving.Endpoints;
import io.benchtop.proxy.serving.ServingPath;
import io.benchtop.proxy.serving.Shadows;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Decides about requests below {@code /serve/}: whether the path is one, who calls, whether they may and not too often. What
 * is let in gets an {@link InferenceCourse}. Shared by all event loops; keeps nothing about a request.
 */
final class Inference {

    private final Endpoints endpoints;
    private final Shadows shadows;
    private final Upstreams upstreams;
    private final boolean secure;
    private final AtomicLong keptByAll = new AtomicLong();

    Inference(Endpoints endpoints, Shadows shadows, Upstreams upstreams, boolean secure) {
        this.endpoints = endpoints;
        this.shadows = shadows;
        this.upstreams = upstreams;
        this.secure = secure;
    }

    /** Either a course, with where the path begins that a model-server sees, or a refusal. */
    sealed interface Ruling {

        record Let(InferenceCourse course, int pathStart, Principal who) implements Ruling {}

        record Refused(Refusal refusal) implements Ruling {}
    }

    Ruling rule(RequestHead head, LoopContext loop, Verdict verdict, boolean routesLoaded) {
        return switch (verdict) {
            case Verdict.Unproven() -> refused(Denial.UNAUTHENTICATED);
            case Verdict.Throttled() -> refused(Denial.MANY_ATTEMPTS);
            case Verdict.Unavailable() -> refused(Denial.CANNOT_CHECK);
            case Verdict.Proven(Principal who) -> routesLoaded ? rule(head, loop, who) : refused(Denial.NO_ROUTES);
        };
    }

    private Ruling rule(RequestHead head, LoopContext loop, Principal who) {
        ServingPath path = ServingPath.of(head.bytes(), head.targetStart(), head.pathEnd());
        Denial denial = problemWith(head, path);
        if (denial != null) {
            return refused(denial);
        }
        Endpoint endpoint = endpoints.find(path.endpoint());
        if (endpoint == null) {
            return refused(Denial.UNKNOWN);
        }
        CallerHints hints = hints(head.fields(), endpoint, who, path);
        return rule(head, loop, who, path, endpoint.admit(who, hints, secure));
    }

    private Ruling rule(RequestHead head, LoopContext loop, Principal who, ServingPath path, Admission admission) {
        return switch (admission) {
            case Admission.Refused(Denial why, int after) -> new Ruling.Refused(Refusal.inference(why, after, ""));
            case Admission.Admitted(Call call) -> {
                var course = new InferenceCourse(call, upstreams, shadows, keptByAll, loop, head, path.kind());
                yield course.mayBeLong(head.length())
                        ? new Ruling.Let(course, path.restStart(), who)
                        : new Ruling.Refused(course.refuseTooLong());
            }
        };
    }

    private static @Nullable Denial problemWith(RequestHead head, ServingPath path) {
        if (path.kind() == ServingPath.Kind.NOTHING) {
            return Denial.NO_SUCH_PATH;
        }
        if (path.kind() == ServingPath.Kind.CONTROL) {
            return Denial.CONTROL;
        }
        if (head.isWebSocket()) {
            return Denial.NO_WEB_SOCKET;
        }
        return head.isMethod("POST") || head.isMethod("GET") || head.isMethod("HEAD") ? null : Denial.METHOD;
    }

    private static CallerHints hints(FieldLines fields, Endpoint endpoint, Principal who, ServingPath path) {
        String name = endpoint.stickyHeader();
        int line = name == null ? -1 : fields.find(name.toLowerCase(Locale.ROOT));
        String header = line < 0 ? null : Ascii.text(fields.bytes(), fields.valueStart(line), fields.valueEnd(line));
        boolean browser = who.kind() == Principal.Kind.SESSION;
        return new CallerHints(header, fields.value(FieldName.COOKIE), browser, path.version());
    }

    private static Ruling refused(Denial denial) {
        return new Ruling.Refused(Refusal.inference(denial, denial.retryAfterSeconds(), ""));
    }
}
