package io.benchtop.cli.models;

import io.benchtop.api.model.CreatedModelWebhook;
import io.benchtop.api.model.ModelWebhook;
import io.benchtop.api.model.ModelWebhookList;
import io.benchtop.api.model.ModelWebhookRequest;
import io.benchtop.cli.connection.Connection;
import io.benchtop.cli.connection.PathSegment;
import io.benchtop.cli.support.Output;
import io.benchtop.cli.support.Surroundings;
import io.benchtop.cli.support.Table;
import io.benchtop.cli.support.Words;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code benchtop models webhooks …}. */
@Command(
        name = "webhooks",
        description = "Programs that are told what happens to a model.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {WebhooksCommand.Ls.class, WebhooksCommand.Add.class, WebhooksCommand.Rm.class},
        footerHeading = "%nExamples:%n",
        footer = {
            "  benchtop models webhooks ls risk",
            "  benchtop models webhooks add risk https://hooks.example.org/models --events version.ready,alias.changed",
            "  benchtop models webhooks rm risk 5b1f0c6e5d6f4d0c9c0e4b6a7d2f8e13"
        })
final class WebhooksCommand {

    private static String path(String model) {
        return new ModelReference(model, Optional.empty()).path() + "/webhooks";
    }

    /** {@code benchtop models webhooks ls}. */
    @Command(
            name = "ls",
            aliases = "list",
            description = "List them, with what became of the last delivery.",
            footerHeading = "%nExamples:%n",
            footer = {"  benchtop models webhooks ls risk", "  benchtop models webhooks ls risk --json"})
    static final class Ls implements Callable<Integer> {

        @Mixin
        private final Connection connection;

        @Mixin
        private final Output output;

        @Parameters(paramLabel = "NAME", description = "The model's name.")
        private String name = "";

        Ls(Surroundings surroundings) {
            this.connection = new Connection(surroundings);
            this.output = new Output(surroundings);
        }

        @Override
        public Integer call() {
            var told = connection.rest().get(path(name), ModelWebhookList.class);
            output.print(
                    told,
                    () -> told.webhooks().isEmpty() ? "Nobody is told what happens to " + name + "." : table(told));
            return 0;
        }

        private static String table(ModelWebhookList told) {
            var table = new Table("ID", "URL", "EVENTS", "CREATED", "LAST DELIVERY");
            told.webhooks()
                    .forEach(webhook -> table.row(
                            webhook.id(),
                            webhook.url(),
                            String.join(", ", webhook.events()),
                            Words.ofInstant(webhook.createdAt()),
                            webhook.deliveries().stream()
                                    .findFirst()
                                    .map(Ls::words)
                                    .orElse("-")));
            return table.toString();
        }

        private static String words(ModelWebhook.Delivery delivery) {
            var status = delivery.lastStatus();
            return delivery.event() + " " + delivery.state() + (status == null ? "" : ": " + status);
        }
    }

    /** {@code benchtop models webhooks add}. */
    @Command(
            name = "add",
            description =
                    "Have a program told. The secret that its deliveries are signed with is printed this once, alone on standard output.",
            footerHeading = "%nExamples:%n",
            footer = {
                "  benchtop models webhooks add risk https://hooks.example.org/models > secret.txt",
                "  benchtop models webhooks add risk https://hooks.example.org/models --events approval.wanted"
            })
    static final class Add implements Callable<Integer> {

        @Mixin
        private final Connection connection;

        @Mixin
        private final Output output;

        @Parameters(index = "0", paramLabel = "NAME", description = "The model's name.")
        private String name = "";

        @Parameters(index = "1", paramLabel = "URL", description = "Where it is told, by POST.")
        private String url = "";

        @Option(
                names = "--events",
                split = ",",
                paramLabel = "EVENT",
                description =
                        "Some of version.ready, version.refused, alias.changed, approval.wanted, approval.approved, approval.rejected; otherwise all.")
        private @Nullable List<String> events;

        Add(Surroundings surroundings) {
            this.connection = new Connection(surroundings);
            this.output = new Output(surroundings);
        }

        @Override
        public Integer call() {
            var made = connection
                    .rest()
                    .send("POST", path(name), new ModelWebhookRequest(url, events), CreatedModelWebhook.class);
            output.print(made, made::secret);
            output.progress("Webhook " + made.webhook().id() + " is told of "
                    + String.join(", ", made.webhook().events())
                    + ". Keep its secret now; it is not shown again.");
            return 0;
        }
    }

    /** {@code benchtop models webhooks rm}. */
    @Command(
            name = "rm",
            description = "Tell a program nothing any more, not even what it has not been told yet.",
            footerHeading = "%nExamples:%n",
            footer = {"  benchtop models webhooks rm risk 5b1f0c6e5d6f4d0c9c0e4b6a7d2f8e13"})
    static final class Rm implements Callable<Integer> {

        @Mixin
        private final Connection connection;

        @Parameters(index = "0", paramLabel = "NAME", description = "The model's name.")
        private String name = "";

        @Parameters(index = "1", paramLabel = "ID", description = "As `benchtop models webhooks ls` tells it.")
        private String id = "";

        private final Surroundings surroundings;

        Rm(Surroundings surroundings) {
            this.connection = new Connection(surroundings);
            this.surroundings = surroundings;
        }

        @Override
        public Integer call() {
            connection.rest().send("DELETE", path(name) + "/" + PathSegment.of(id), null);
            surroundings.out().println(Table.harmless("Webhook " + id + " of " + name + " is removed."));
            return 0;
        }
    }
}
