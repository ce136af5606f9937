package io.benchtop.service.http.page;

import io.benchtop.service.dataset.DatasetName;
import io.benchtop.service.experiment.DatasetInput;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Data that a run read.
 *
 * @param version empty where it is no dataset of Benchtop
 * @param address of the version's page; null likewise
 */
record RunInput(
        String name,
        String version,
        String digest,
        String kind,
        @Nullable String address) {

    private static final String WORD = "([a-z0-9][a-z0-9._-]{0,62})";
    private static final Pattern OURS =
            Pattern.compile("\\{\"uri\":\\s*\"bt://" + WORD + "/" + WORD + "@([1-9][0-9]{0,17})\"}");

    static RunInput of(DatasetInput input) {
        Matcher ours = OURS.matcher(input.source());
        if (!"benchtop".equals(input.sourceType()) || !ours.matches()) {
            return new RunInput(input.name(), "", input.digest(), input.sourceType(), null);
        }
        DatasetAddress page = new DatasetAddress(new DatasetName(ours.group(1), ours.group(2)));
        String version = ours.group(3);
        return new RunInput(input.name(), version, input.digest(), "dataset", page.version(Long.parseLong(version)));
    }
}
