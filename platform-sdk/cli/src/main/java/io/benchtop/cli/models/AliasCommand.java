package io.benchtop.cli.models;

import io.benchtop.api.model.AliasRequest;
import io.benchtop.cli.connection.Connection;
import io.benchtop.cli.connection.PathSegment;
import io.benchtop.cli.support.CommandFailure;
import io.benchtop.cli.support.ExitCode;
import io.benchtop.cli.support.Surroundings;
import io.benchtop.cli.support.Table;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code benchtop models alias}. */
@Command(
        name = "alias",
        description = "Let an alias of a model point to a version, or take it away.",
        footerHeading = "%nExamples:%n",
        footer = {"  benchtop models alias risk production 1.2.3", "  benchtop models alias risk champion --delete"})
final class AliasCommand implements Callable<Integer> {

    @Mixin
    private final Connection connection;

    @Parameters(paramLabel = "NAME", description = "The model's name.")
    private String name = "";

    @Parameters(index = "1", paramLabel = "ALIAS", description = "Such as production.")
    private String alias = "";

    @Parameters(index = "2", arity = "0..1", paramLabel = "VERSION", description = "Such as 1.2.3.")
    private @Nullable String version;

    @Option(names = "--delete", description = "Take the alias away.")
    private boolean delete;

    private final Surroundings surroundings;

    AliasCommand(Surroundings surroundings) {
        this.connection = new Connection(surroundings);
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        if (delete == (version != null)) {
            throw new CommandFailure("Say a version, such as 1.2.3, or --delete.", ExitCode.USAGE);
        }
        var path = new ModelReference(name, Optional.empty()).path() + "/aliases/" + PathSegment.of(alias);
        if (delete) {
            connection.rest().send("DELETE", path, null);
            surroundings.out().println(Table.harmless(name + " has no alias " + alias + " any more."));
        } else {
            connection.rest().send("PUT", path, new AliasRequest(version));
            surroundings.out().println(Table.harmless(name + "@" + alias + " is " + version + " now."));
        }
        return 0;
    }
}
