package io.benchtop.service.http.page;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What surrounds the content of a page.
 *
 * @param section where it belongs in the navigation
 * @param person who looks at it; null before signing in
 * @param csrf what each of the page's forms sends along; empty before signing in
 * @param theme light, dark or the machine's choice
 * @param assets addresses of the style sheet and scripts
 * @param notice what just happened, if anything
 */
record Frame(
        Section section,
        @Nullable Person person,
        String csrf,
        Theme theme,
        Assets assets,
        @Nullable Notice notice) {

    Frame {
        requireNonNull(section, "section is null");
        requireNonNull(csrf, "csrf is null");
        requireNonNull(theme, "theme is null");
        requireNonNull(assets, "assets is null");
    }

    List<Section> navigation() {
        return person == null
                ? List.of()
                : Arrays.stream(Section.values())
                        .filter(place -> place.isFor(person.role()))
                        .toList();
    }

    boolean mayRunWorkspaces() {
        return person != null && person.mayRunWorkspaces();
    }

    Frame in(Section other) {
        return new Frame(other, person, csrf, theme, assets, notice);
    }

    Frame with(@Nullable Notice other) {
        return new Frame(section, person, csrf, theme, assets, other);
    }
}
