package io.benchtop.service.abtest;

import static io.benchtop.service.endpoint.EndpointExamples.ALICE;
import static io.benchtop.service.endpoint.EndpointExamples.NEW;
import static io.benchtop.service.endpoint.EndpointExamples.NOW;
import static io.benchtop.service.endpoint.EndpointExamples.OLD;

import io.benchtop.service.endpoint.BucketRange;
import io.benchtop.service.endpoint.EndpointId;
import io.benchtop.service.endpoint.Sticky;
import io.benchtop.service.trial.Plan;
import io.benchtop.service.trial.Stopping;
import io.benchtop.service.trial.SwitchRule;
import io.benchtop.service.trial.Tally;
import io.benchtop.service.trial.Trial;
import java.util.List;

/** A/B tests as tests need them. */
final class AbTestExamples {

    private AbTestExamples() {}

    static AbTest of(EndpointId endpoint, int number) {
        return new AbTest(
                endpoint,
                number,
                "clicked “buy”",
                OLD,
                NEW,
                List.of(new BucketRange(100, 200), new BucketRange(5_100, 10_000)),
                new Sticky("X-User-Id", false),
                new Trial(Plan.usual(0.05, 0.15), Stopping.ALWAYS_VALID, SwitchRule.OFFERED, 0.5),
                true,
                new Tally(0, 0),
                new Tally(0, 0),
                Stage.WAITING,
                NOW,
                "",
                ALICE,
                NOW);
    }
}
