package io.benchtop.service.http.api;

import io.benchtop.api.workspace.WorkspaceOverrides;
import io.benchtop.service.problem.ProblemException;
import io.benchtop.service.profile.OptionSlug;
import io.benchtop.service.profile.Overrides;

/** What a request wants different from the profile. */
final class OverridesReading {

    private OverridesReading() {}

    static Overrides read(WorkspaceOverrides asked) {
        return new Overrides(
                asked.memoryBytes(), asked.cpus(), asked.gpus(), asked.image() == null ? null : image(asked.image()));
    }

    private static OptionSlug image(String asked) {
        return OptionSlug.find(asked)
                .orElseThrow(() -> ProblemException.invalidField(
                        "overrides.image", "must be the slug of one of the profile's images"));
    }
}
