package io.benchtop.sdk.tracking;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** MLflow's tags of the repository that a folder is in. */
final class GitState {

    private static final long PATIENCE_SECONDS = 5;

    private GitState() {}

    /** Empty where there is no repository, or no git. */
    static Map<String, String> of(Path folder) {
        var tags = new HashMap<String, String>();
        git(folder, "rev-parse", "HEAD").filter(commit -> !commit.isEmpty()).ifPresent(commit -> {
            tags.put("mlflow.source.git.commit", commit);
            git(folder, "branch", "--show-current")
                    .filter(branch -> !branch.isEmpty())
                    .ifPresent(branch -> tags.put("mlflow.source.git.branch", branch));
            git(folder, "config", "--get", "remote.origin.url")
                    .flatMap(GitState::withoutCredentials)
                    .ifPresent(url -> tags.put("mlflow.source.git.repoURL", url));
            git(folder, "status", "--porcelain", "--untracked-files=no")
                    .ifPresent(changes -> tags.put("mlflow.source.git.dirty", Boolean.toString(!changes.isEmpty())));
        });
        return tags;
    }

    private static Optional<String> git(Path folder, String... arguments) {
        // No lock is taken: a person's own git in a terminal must not find one.
        var command = new ArrayList<>(List.of("git", "--no-optional-locks", "-C", folder.toString()));
        command.addAll(List.of(arguments));
        try {
            var git = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            git.getOutputStream().close();
            var late = git.onExit()
                    .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                    .exceptionally(e -> git.destroyForcibly());
            var told = new String(git.getInputStream().readAllBytes(), UTF_8).strip();
            return late.join().waitFor() == 0 ? Optional.of(told) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** People write tokens into the addresses of their repositories. */
    private static Optional<String> withoutCredentials(String url) {
        if (!url.contains("://")) {
            return Optional.of(url);
        }
        try {
            // Not its user information, which there is none of where the host has an underscore.
            var authority = new URI(url).getRawAuthority();
            return Optional.of(
                    authority == null
                            ? url
                            : url.replace(authority, authority.substring(authority.lastIndexOf('@') + 1)));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
