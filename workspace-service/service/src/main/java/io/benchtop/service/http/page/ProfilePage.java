package io.benchtop.service.http.page;

import gg.jte.html.HtmlTemplateOutput;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The form of one profile, for administrators.
 *
 * @param slug of the profile that is changed; null for a new one
 * @param images what is known of its images
 */
record ProfilePage(Frame frame, @Nullable String slug, Form form, boolean locked, List<ImageRow> images)
        implements Page {

    ProfilePage {
        images = List.copyOf(images);
    }

    String title() {
        return slug == null ? "New profile" : form.value("displayName");
    }

    String action() {
        return slug == null ? "/admin/profiles" : "/admin/profiles/" + slug;
    }

    /** Whether what is seldom needed is shown at once. */
    boolean showsPlace() {
        return List.of("nodeSelector", "tolerations", "volumes", "env").stream()
                .anyMatch(field -> !form.value(field).isEmpty() || form.error(field) != null);
    }

    /**
     * What is known of one image.
     *
     * @param probed when it was tried, or begun to be; null for never
     */
    record ImageRow(
            String image,
            String verdict,
            boolean bad,
            String facts,
            String message,
            @Nullable HumaneTime probed) {}

    @Override
    public void render(HtmlTemplateOutput output) {
        JteprofileGenerated.render(output, NO_INTERCEPTOR, this);
    }
}
