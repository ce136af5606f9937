package io.benchtop.service.http.page;

import io.benchtop.api.endpoint.Trial;
import java.time.Instant;

/** An A/B test in the list of an endpoint's. */
record TrialRow(int number, String address, String versions, String metric, Condition phase, HumaneTime since) {

    static TrialRow of(Trial told, Instant now) {
        Condition verdict = TrialWords.verdict(told);
        return new TrialRow(
                told.number(),
                "/endpoints/" + told.endpoint() + "/trials/" + told.number(),
                told.candidate().version() + " against " + told.control().version(),
                told.metric(),
                new Condition(verdict.css(), verdict.word(), ""),
                HumaneTime.relative(Instant.parse(told.since()), now));
    }
}
