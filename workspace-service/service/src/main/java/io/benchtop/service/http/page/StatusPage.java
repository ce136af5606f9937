package io.benchtop.service.http.page;

import gg.jte.html.HtmlTemplateOutput;
import java.util.List;

/** What this installation is, and what it does not protect. */
record StatusPage(
        Frame frame,
        String version,
        String spawner,
        String database,
        String memoryLimit,
        String processLimit,
        List<String> warnings)
        implements Page {

    static final String UNKNOWN = "known once a workspace runs";

    StatusPage {
        warnings = List.copyOf(warnings);
    }

    @Override
    public void render(HtmlTemplateOutput output) {
        JtestatusGenerated.render(output, NO_INTERCEPTOR, this);
    }
}
