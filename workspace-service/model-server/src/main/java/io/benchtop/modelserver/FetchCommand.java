package io.benchtop.modelserver;

import io.benchtop.modelserver.fetch.Backoff;
import io.benchtop.modelserver.fetch.ModelFetch;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** {@code fetch}: for what starts before a server, such as an init container. */
final class FetchCommand {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private FetchCommand() {}

    static void run(List<String> words) throws IOException, InterruptedException {
        Arguments arguments = new Arguments(words, Set.of("--from", "--token-file", "--to"), Set.of());
        URI from = URI.create(arguments.required("--from"));
        Arguments.require(
                from.getHost() != null && ("http".equals(from.getScheme()) || "https".equals(from.getScheme())),
                "--from",
                "an address like https://host/path");
        String token = arguments
                .fileText("--token-file")
                .orElseThrow(() -> new IllegalArgumentException("--token-file is missing"));
        Path to = Path.of(arguments.required("--to"));
        int fetched = new ModelFetch(from, token, to, Backoff.PATIENT, PATIENCE).run();
        System.out.println("fetched " + fetched + " files to " + to);
    }
}
