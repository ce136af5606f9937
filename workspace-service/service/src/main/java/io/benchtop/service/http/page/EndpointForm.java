package io.benchtop.service.http.page;

import io.benchtop.service.endpoint.CallLimits;
import io.benchtop.service.endpoint.Endpoint;
import io.benchtop.service.endpoint.Scaling;
import io.benchtop.service.endpoint.Sticky;
import io.benchtop.service.problem.ProblemException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** The settings of an endpoint, as text in a form and back. Fields are called as the use case calls them. */
final class EndpointForm {

    private EndpointForm() {}

    static Form of(Endpoint.Settings settings) {
        CallLimits limits = settings.limits();
        Map<String, String> values = new HashMap<>();
        values.put("callers", String.join(", ", settings.callers()));
        values.put(
                "sticky.header",
                settings.sticky().header() == null ? "" : settings.sticky().header());
        values.put("sticky.cookie", settings.sticky().cookie() ? "true" : "");
        values.put("limits.requestsPerSecond", Integer.toString(limits.requestsPerSecond()));
        values.put("limits.burst", Integer.toString(limits.burst()));
        values.put("limits.clientInFlight", Integer.toString(limits.clientInFlight()));
        values.put("limits.inFlight", Integer.toString(limits.inFlight()));
        values.put("limits.maxBodyBytes", AmountText.ofBytes(limits.maxBodyBytes()));
        values.put(
                "limits.requestsPerDay", limits.requestsPerDay() == 0 ? "" : Integer.toString(limits.requestsPerDay()));
        values.put("scaling.min", Integer.toString(settings.scaling().min()));
        values.put("scaling.max", Integer.toString(settings.scaling().max()));
        values.put(
                "scaling.idleAfterSeconds",
                AmountText.ofDuration(settings.scaling().idleAfter().toString()));
        values.put("hardware", settings.hardware());
        return Form.of(values);
    }

    /** @param hardware what the endpoint has; the form asks for it only where there is a choice */
    static Endpoint.Settings settings(Form form, String hardware) {
        String header = form.value("sticky.header").strip();
        Long body = AmountText.bytes("limits.maxBodyBytes", form.value("limits.maxBodyBytes"));
        Integer perDay = AmountText.whole("limits.requestsPerDay", form.value("limits.requestsPerDay"));
        String idle = AmountText.duration("scaling.idleAfterSeconds", form.value("scaling.idleAfterSeconds"));
        return new Endpoint.Settings(
                ModelForm.names(form, "callers"),
                new Sticky(
                        header.isEmpty() ? null : header,
                        form.value("sticky.cookie").equals("true")),
                new CallLimits(
                        whole(form, "limits.requestsPerSecond"),
                        whole(form, "limits.burst"),
                        whole(form, "limits.clientInFlight"),
                        whole(form, "limits.inFlight"),
                        body == null ? CallLimits.USUAL.maxBodyBytes() : body,
                        perDay == null ? 0 : perDay),
                new Scaling(
                        whole(form, "scaling.min"),
                        whole(form, "scaling.max"),
                        idle == null ? Scaling.ONE.idleAfter() : Duration.parse(idle)),
                form.value("hardware").isEmpty() ? hardware : form.value("hardware"));
    }

    private static int whole(Form form, String field) {
        Integer number = AmountText.whole(field, form.value(field));
        if (number == null) {
            throw ProblemException.invalidField(field, "must be a whole number");
        }
        return number;
    }

    /** What is wrong with the two numbers together is said at the first of them. */
    static Form refused(Form form, ProblemException problem) {
        boolean both = problem.errors().stream().anyMatch(error -> error.field().equals("scaling"));
        return both
                ? form.calling("scaling.min", "scaling").refused(problem).tellingAt("scaling.min", "scaling")
                : form.refused(problem);
    }
}
