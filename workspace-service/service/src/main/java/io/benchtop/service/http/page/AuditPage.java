package io.benchtop.service.http.page;

import gg.jte.html.HtmlTemplateOutput;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of the audit log, newest first.
 *
 * @param actor filter, or empty
 * @param action filter, or empty
 * @param isOlderPage whether this is not the first page
 * @param before what asks for the next, older page; null on the last
 */
record AuditPage(
        Frame frame,
        List<AuditRow> entries,
        String actor,
        String action,
        boolean isOlderPage,
        @Nullable String before) implements Page {

    AuditPage {
        entries = List.copyOf(entries);
    }

    String newestAddress() {
        return "/admin/audit" + filter("?");
    }

    @Nullable
    String olderAddress() {
        return before == null ? null : "/admin/audit?before=" + encoded(before) + filter("&");
    }

    String csvAddress() {
        return "/api/v1/audit.csv";
    }

    @Override
    public void render(HtmlTemplateOutput output) {
        JteauditGenerated.render(output, NO_INTERCEPTOR, this);
    }

    private String filter(String joint) {
        if (actor.isEmpty() && action.isEmpty()) {
            return "";
        }
        return joint + "actor=" + encoded(actor) + "&action=" + encoded(action);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** One event. */
    record AuditRow(
            HumaneTime at, String actor, String address, String action, String object, String result, String detail) {

        boolean isRefusal() {
            return !result.equals("ok");
        }
    }
}
