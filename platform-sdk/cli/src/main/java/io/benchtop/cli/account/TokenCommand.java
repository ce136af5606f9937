package io.benchtop.cli.account;

import io.benchtop.api.identity.CreateTokenRequest;
import io.benchtop.api.identity.CreatedToken;
import io.benchtop.api.identity.TokenList;
import io.benchtop.cli.connection.Connection;
import io.benchtop.cli.support.Output;
import io.benchtop.cli.support.Surroundings;
import io.benchtop.cli.support.Table;
import io.benchtop.cli.support.Words;
import io.benchtop.sdk.DurationText;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code benchtop token …}. */
@Command(
        name = "token",
        description = "API tokens, for programs that act as you.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {TokenCommand.Ls.class, TokenCommand.Create.class, TokenCommand.Rm.class},
        footerHeading = "%nExamples:%n",
        footer = {
            "  benchtop token ls",
            "  benchtop token create nightly --expires-in 30d",
            "  benchtop token rm 4kq2m4xw3abc"
        })
public final class TokenCommand {

    private static final String PATH = "/api/v1/tokens";

    /** {@code benchtop token ls}. */
    @Command(
            name = "ls",
            description = "List your tokens; their secrets are not kept anywhere.",
            footerHeading = "%nExamples:%n",
            footer = {"  benchtop token ls", "  benchtop token ls --json"})
    static final class Ls implements Callable<Integer> {

        @Mixin
        private final Connection connection;

        @Mixin
        private final Output output;

        Ls(Surroundings surroundings) {
            this.connection = new Connection(surroundings);
            this.output = new Output(surroundings);
        }

        @Override
        public Integer call() {
            var told = connection.rest().get(PATH, TokenList.class);
            output.print(told, () -> {
                var table = new Table("ID", "NAME", "CREATED", "EXPIRES", "LAST USED");
                told.tokens()
                        .forEach(token -> table.row(
                                token.id(),
                                token.name(),
                                Words.ofInstant(token.createdAt()),
                                Words.ofInstant(token.expiresAt()),
                                Words.ofInstant(token.lastUsedAt())));
                return table.toString();
            });
            return 0;
        }
    }

    /** {@code benchtop token create}. */
    @Command(
            name = "create",
            description = "Make a token. Its secret is printed this once, alone on standard output.",
            footerHeading = "%nExamples:%n",
            footer = {
                "  benchtop token create nightly",
                "  benchtop token create ci --expires-in 7d > token.txt",
                "  benchtop token create ci --json"
            })
    static final class Create implements Callable<Integer> {

        @Mixin
        private final Connection connection;

        @Mixin
        private final Output output;

        @Parameters(paramLabel = "NAME", description = "What it is for.")
        private String name = "";

        @Option(
                names = "--expires-in",
                paramLabel = "DURATION",
                defaultValue = "30d",
                description = "How long it is valid, such as 12h or 30d (30d); at most 90d.")
        private String expiresIn = "30d";

        Create(Surroundings surroundings) {
            this.connection = new Connection(surroundings);
            this.output = new Output(surroundings);
        }

        @Override
        public Integer call() {
            var request = new CreateTokenRequest(name, DurationText.toIso(DurationText.parse(expiresIn)));
            var made = connection.rest().send("POST", PATH, request, CreatedToken.class);
            output.print(made, made::token);
            output.progress("Token " + made.id() + " is valid until " + Words.ofInstant(made.expiresAt())
                    + ". Keep it now; it is not shown again.");
            return 0;
        }
    }

    /** {@code benchtop token rm}. */
    @Command(
            name = "rm",
            description = "Revoke a token: whatever uses it is refused from now on.",
            footerHeading = "%nExamples:%n",
            footer = {"  benchtop token rm 4kq2m4xw3abc"})
    static final class Rm implements Callable<Integer> {

        @Mixin
        private final Connection connection;

        @Parameters(paramLabel = "ID", description = "As `benchtop token ls` tells it.")
        private String id = "";

        private final Surroundings surroundings;

        Rm(Surroundings surroundings) {
            this.surroundings = surroundings;
            this.connection = new Connection(surroundings);
        }

        @Override
        public Integer call() {
            connection.rest().send("DELETE", PATH + "/" + io.benchtop.cli.connection.PathSegment.of(id), null);
            surroundings.out().println("Token " + Table.harmless(id) + " is revoked.");
            return 0;
        }
    }
}
