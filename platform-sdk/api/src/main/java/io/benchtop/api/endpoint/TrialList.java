package io.benchtop.api.endpoint;

import java.util.List;

/** The trials of an endpoint, the newest first; the answer of {@code GET /api/v1/endpoints/{name}/trials}. */
public record TrialList(List<Trial> trials) {

    public TrialList {
        trials = List.copyOf(trials);
    }
}
