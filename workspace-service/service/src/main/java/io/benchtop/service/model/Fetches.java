package io.benchtop.service.model;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.dataset.FilePath;
import io.benchtop.service.problem.ErrorCode;
import io.benchtop.service.problem.ProblemException;
import io.benchtop.service.table.ReadableFile;
import java.io.IOException;

/**
 * Gives the files of a version to a process on another machine that is to check or to serve it. Such a process is nobody: it shows
 * the version's token ({@link FetchTokens}). Also of a version that is being checked, because checking it is how it is published.
 */
public final class Fetches {

    private final ModelRepository models;
    private final ModelStore store;
    private final FetchTokens tokens;

    public Fetches(ModelRepository models, ModelStore store, FetchTokens tokens) {
        this.models = requireNonNull(models, "models is null");
        this.store = requireNonNull(store, "store is null");
        this.tokens = requireNonNull(tokens, "tokens is null");
    }

    private record Found(RegisteredModel model, ModelVersion version, ModelPlace place) {}

    /**
     * What files there are, as JSON.
     *
     * @throws ProblemException {@code UNAUTHENTICATED} with another token, {@code NOT_FOUND} if there is no such version that may be
     *     loaded
     */
    public byte[] manifest(ModelPlace place, String token) {
        Found found = find(place, token);
        return Samples.manifest(Checks.manifest(found.model(), found.version()));
    }

    /**
     * One of them.
     *
     * @throws ProblemException as {@link #manifest}
     * @throws java.nio.file.NoSuchFileException if the version has no such file
     */
    public ReadableFile file(ModelPlace place, String token, FilePath path) throws IOException {
        Found found = find(place, token);
        if (found.version().isReady()) {
            return store.read(found.place(), path);
        }
        PublishedFile uploaded = found.version().publication().files().stream()
                .filter(file -> file.path().equals(path))
                .findFirst()
                .orElseThrow(() -> ProblemException.notFound("file", path.value()));
        return store.uploaded(found.place(), uploaded);
    }

    private Found find(ModelPlace place, String token) {
        if (!tokens.matches(place, token)) {
            throw ProblemException.of(
                    ErrorCode.UNAUTHENTICATED,
                    "This is for the processes that check and serve " + place.path() + ", which know its token.");
        }
        return models.find(place.model())
                .flatMap(model -> models.version(model.id(), place.version())
                        .filter(version -> version.isReady() || version.state() instanceof ModelState.Checking)
                        .map(version -> new Found(model, version, new ModelPlace(model.name(), version.version()))))
                .orElseThrow(() -> ProblemException.notFound("version", place.path()));
    }
}
