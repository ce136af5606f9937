package io.benchtop.cli.models;

import io.benchtop.api.model.ModelVersion;
import io.benchtop.api.model.ReviewRequest;
import io.benchtop.cli.connection.Connection;
import io.benchtop.cli.support.Output;
import io.benchtop.cli.support.Surroundings;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code benchtop models approve} and {@code reject}. */
abstract sealed class ReviewCommand implements Callable<Integer> {

    @Mixin
    private final Connection connection;

    @Mixin
    private final Output output;

    @Parameters(paramLabel = "NAME@VERSION", description = "Such as risk@1.2.3.")
    private String name = "";

    @Option(names = "--comment", paramLabel = "TEXT", description = "Why.")
    private String comment = "";

    private final String verb;

    private ReviewCommand(Surroundings surroundings, String verb) {
        this.connection = new Connection(surroundings);
        this.output = new Output(surroundings);
        this.verb = verb;
    }

    /** {@code benchtop models approve}. */
    @Command(
            name = "approve",
            description =
                    "Approve a version of a model whose versions need a second person, so that aliases may point to it.",
            footerHeading = "%nExamples:%n",
            footer = {"  benchtop models approve risk@1.2.3 --comment 'better on the holdout'"})
    static final class Approve extends ReviewCommand {
        Approve(Surroundings surroundings) {
            super(surroundings, "approve");
        }
    }

    /** {@code benchtop models reject}. */
    @Command(
            name = "reject",
            description = "Reject a version of a model whose versions need a second person.",
            footerHeading = "%nExamples:%n",
            footer = {"  benchtop models reject risk@1.2.3 --comment 'worse for small orders'"})
    static final class Reject extends ReviewCommand {
        Reject(Surroundings surroundings) {
            super(surroundings, "reject");
        }
    }

    @Override
    public final Integer call() {
        var reference = ModelReference.parse(name);
        var told = connection
                .rest()
                .send("POST", reference.versionPath() + ":" + verb, new ReviewRequest(comment), ModelVersion.class);
        output.print(told, () -> reference + " is " + told.approval().toLowerCase(Locale.ROOT) + ".");
        return 0;
    }
}
