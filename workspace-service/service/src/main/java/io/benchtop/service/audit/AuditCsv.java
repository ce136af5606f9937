package io.benchtop.service.audit;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Audit rows for a spreadsheet, RFC 4180. A cell that a spreadsheet would take for a formula gets an apostrophe in front:
 * what a stranger typed into a sign-in form must not run on the auditor's machine (S46).
 */
public final class AuditCsv {

    public static final String HEADER = "id,at,actor,address,action,object,result,detail,hash\r\n";

    private static final String FORMULA_STARTS = "=+-@\t\r";

    private AuditCsv() {}

    public static String line(AuditRow row) {
        AuditEvent event = row.event();
        return List.of(
                                Long.toString(row.id()),
                                event.at().toString(),
                                event.actor(),
                                event.address(),
                                event.action(),
                                event.object(),
                                event.result(),
                                event.detail(),
                                row.hash())
                        .stream()
                        .map(AuditCsv::cell)
                        .collect(Collectors.joining(","))
                + "\r\n";
    }

    private static String cell(String text) {
        String harmless = !text.isEmpty() && FORMULA_STARTS.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
        boolean quoted = harmless.chars().anyMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n');
        return quoted ? "\"" + harmless.replace("\"", "\"\"") + "\"" : harmless;
    }
}
