package io.benchtop.service.experiment;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.experiment.ArtifactStore.Content;
import io.benchtop.service.experiment.ArtifactStore.Entry;
import io.benchtop.service.identity.Caller;
import io.benchtop.service.problem.DiskFull;
import io.benchtop.service.problem.ErrorCode;
import io.benchtop.service.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.util.List;
import java.util.Optional;

/** What people and their programs do with the files of runs. Who may see an experiment may read them; its owner writes. */
public final class Artifacts {

    private final Experiments experiments;
    private final Optional<ArtifactStore> store;

    /** @param store empty if an administrator has not said where files are kept */
    public Artifacts(Experiments experiments, Optional<ArtifactStore> store) {
        this.experiments = requireNonNull(experiments, "experiments is null");
        this.store = requireNonNull(store, "store is null");
    }

    /** Whether there is a place for files at all. */
    public boolean areKept() {
        return store.isPresent();
    }

    public List<Entry> list(Caller caller, ArtifactPath folder) {
        experiments.get(caller, folder.experiment());
        return tried(folder, () -> store().list(folder));
    }

    public Content open(Caller caller, ArtifactPath file) {
        experiments.get(caller, file.experiment());
        return tried(file, () -> store().open(file))
                .orElseThrow(() -> ProblemException.notFound("artifact", file.toString()));
    }

    public void write(Caller caller, ArtifactPath file, InputStream content) {
        requireBelow(file);
        experiments.open(caller, file.experiment());
        tried(file, () -> {
            store().write(file, content);
            return true;
        });
    }

    public void remove(Caller caller, ArtifactPath path) {
        requireBelow(path);
        experiments.open(caller, path.experiment());
        if (!tried(path, () -> store().remove(path))) {
            throw ProblemException.notFound("artifact", path.toString());
        }
    }

    /** The folder of the experiment itself stays. */
    private static void requireBelow(ArtifactPath path) {
        if (path.names().size() < 2) {
            throw ProblemException.invalidField("path", "must name something below the id of the experiment");
        }
    }

    private ArtifactStore store() {
        return store.orElseThrow(() -> ProblemException.of(
                ErrorCode.UNAVAILABLE,
                "Files of runs are not kept here: no place for them is set. Ask an administrator to set"
                        + " BENCHTOP_ARTIFACT_FOLDER; parameters, metrics and tags are kept without it."));
    }

    private static <T> T tried(ArtifactPath path, Attempt<T> attempt) {
        try {
            return attempt.now();
        } catch (FileAlreadyExistsException _) {
            throw ProblemException.of(
                    ErrorCode.CONFLICT,
                    "\"" + path
                            + "\" cannot be kept: there is a folder of that name, or a file where a folder would have"
                            + " to be. Choose another path.");
        } catch (IOException e) {
            if (DiskFull.isReasonOf(e)) {
                throw full(path);
            }
            throw new UncheckedIOException("the artifact " + path + " cannot be read or kept", e);
        }
    }

    private static ProblemException full(ArtifactPath path) {
        return ProblemException.of(
                ErrorCode.DISK_FULL,
                "\"" + path
                        + "\" was not kept: the disk for files of runs is full. Ask an administrator for more"
                        + " space.");
    }

    private interface Attempt<T> {

        T now() throws IOException;
    }
}
