package io.benchtop.service.http.page;

import gg.jte.html.HtmlTemplateOutput;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Every profile, for administrators.
 *
 * @param locked whether the configuration alone says what profiles there are
 * @param processes whether servers are processes of this machine, which have no image
 */
record ProfilesPage(Frame frame, List<Row> profiles, boolean locked, boolean processes) implements Page {

    ProfilesPage {
        profiles = List.copyOf(profiles);
    }

    /**
     * One profile; what workspaces have cannot be deleted.
     *
     * @param unusable why one of its images does not work; null for nothing known
     * @param trying whether one of its images is being tried
     */
    record Row(
            String slug,
            String name,
            String resources,
            @Nullable String image,
            String audience,
            int workspaces,
            boolean retired,
            @Nullable String unusable,
            boolean trying) {

        String use() {
            return workspaces == 1 ? "1 workspace" : workspaces + " workspaces";
        }
    }

    @Override
    public void render(HtmlTemplateOutput output) {
        JteprofilesGenerated.render(output, NO_INTERCEPTOR, this);
    }
}
