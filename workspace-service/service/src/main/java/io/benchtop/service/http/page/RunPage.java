package io.benchtop.service.http.page;

import gg.jte.html.HtmlTemplateOutput;
import io.benchtop.service.experiment.DatasetInput;
import io.benchtop.service.experiment.ExperimentRun;
import io.benchtop.service.experiment.Metric;
import io.benchtop.service.experiment.RecordedRun;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** All that was logged of a run. */
record RunPage(
        Frame frame,
        String experimentId,
        String experimentName,
        String id,
        String name,
        String status,
        boolean bad,
        boolean deleted,
        HumaneTime started,
        String took,
        List<Metric> metrics,
        Map<String, String> params,
        Map<String, String> tags,
        List<DatasetInput> inputs)
        implements Page {

    RunPage {
        metrics = List.copyOf(metrics);
        inputs = List.copyOf(inputs);
    }

    static RunPage of(Frame frame, String experimentName, RecordedRun recorded, Instant now) {
        ExperimentRun run = recorded.run();
        return new RunPage(
                frame,
                run.experiment().value(),
                experimentName,
                run.id().value(),
                run.name(),
                RunTable.status(run),
                RunTable.isBad(run),
                run.deleted(),
                HumaneTime.relative(Instant.ofEpochMilli(run.startedAt()), now),
                RunTable.took(run),
                recorded.metrics(),
                new TreeMap<>(recorded.params()),
                new TreeMap<>(recorded.tags()),
                recorded.inputs());
    }

    @Override
    public void render(HtmlTemplateOutput output) {
        JterunGenerated.render(output, NO_INTERCEPTOR, this);
    }
}
