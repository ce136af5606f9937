package io.benchtop.service.http.page;

import static java.util.Objects.requireNonNull;

import gg.jte.html.HtmlTemplateOutput;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Some runs of an experiment side by side, and all of them by what they have in common.
 *
 * @param chartsLeft of how many metrics more there are curves
 */
record ComparePage(
        Frame frame,
        String id,
        String name,
        RunComparison comparison,
        List<LineChart> charts,
        int chartsLeft,
        RunSpace space)
        implements Page {

    ComparePage {
        requireNonNull(comparison, "comparison is null");
        charts = List.copyOf(charts);
        requireNonNull(space, "space is null");
    }

    /** The runs as the address names them. */
    String runs() {
        return comparison.heads().stream().map(RunComparison.Head::id).collect(Collectors.joining(","));
    }

    boolean hasPictures() {
        return !charts.isEmpty() || space.isDrawn();
    }

    @Override
    public void render(HtmlTemplateOutput output) {
        JtecompareGenerated.render(output, NO_INTERCEPTOR, this);
    }
}
