package io.benchtop.cli.account;

import io.benchtop.api.identity.Me;
import io.benchtop.cli.connection.Connection;
import io.benchtop.cli.support.Output;
import io.benchtop.cli.support.Surroundings;
import io.benchtop.cli.support.Table;
import io.benchtop.cli.support.Words;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code benchtop whoami}. */
@Command(
        name = "whoami",
        description = "Tell who you are signed in as, and where.",
        footerHeading = "%nExamples:%n",
        footer = {"  benchtop whoami", "  benchtop whoami --json"})
public final class WhoamiCommand implements Callable<Integer> {

    @Mixin
    private final Connection connection;

    @Mixin
    private final Output output;

    public WhoamiCommand(Surroundings surroundings) {
        this.connection = new Connection(surroundings);
        this.output = new Output(surroundings);
    }

    @Override
    public Integer call() {
        var me = connection.rest().get("/api/v1/me", Me.class);
        output.print(me, () -> inWords(me));
        return 0;
    }

    private String inWords(Me me) {
        var table = Table.ofPairs()
                .row("user", me.user().name())
                .row("name", me.user().displayName())
                .row("role", me.user().role());
        var workspace = me.workspace();
        if (workspace != null) {
            table.row("workspace", workspace.slug() + " (" + workspace.id() + ")");
        }
        return table.row("at", connection.url())
                .row("until", Words.ofInstant(me.credential().expiresAt()))
                .toString();
    }
}
