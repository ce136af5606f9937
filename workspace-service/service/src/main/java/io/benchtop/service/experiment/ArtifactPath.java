package io.benchtop.service.experiment;

import io.benchtop.service.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Where an artifact is: the id of its experiment and names below it. No name leads elsewhere or cannot be a file's.
 *
 * @param names at least the experiment's id
 */
public record ArtifactPath(List<String> names) {

    private static final int LONGEST_NAME = 255;
    private static final int DEEPEST = 32;

    public ArtifactPath {
        names = List.copyOf(names);
        if (names.isEmpty() || names.size() > DEEPEST) {
            throw refused("must begin with the id of an experiment and have at most " + DEEPEST + " parts");
        }
        names.forEach(ArtifactPath::check);
        if (ExperimentId.find(names.getFirst()).isEmpty()) {
            // Not 0 either, which is another experiment for everybody.
            throw refused("must begin with the id of an experiment");
        }
    }

    /** @param text names separated by slashes */
    public static ArtifactPath parse(String text) {
        return new ArtifactPath(List.of(text.split("/", -1)));
    }

    /** @param below names separated by slashes in the folder of the run; empty for that folder itself */
    public static ArtifactPath ofRun(ExperimentRun run, String below) {
        String folder = run.experiment() + "/" + run.id() + "/artifacts";
        return parse(below.isEmpty() ? folder : folder + "/" + below);
    }

    private static void check(String name) {
        boolean usable = !name.isEmpty()
                && !name.equals(".")
                && !name.equals("..")
                && name.getBytes(StandardCharsets.UTF_8).length <= LONGEST_NAME
                && name.chars().noneMatch(each -> Character.isISOControl(each) || each == '\\');
        if (!usable) {
            throw refused("each part between two slashes must be the name of a file: not empty, not longer than "
                    + LONGEST_NAME + " bytes, not . or .., without backslashes and control characters");
        }
    }

    private static ProblemException refused(String why) {
        return ProblemException.invalidField("path", why);
    }

    String experiment() {
        return names.getFirst();
    }

    @Override
    public String toString() {
        return String.join("/", names);
    }
}
