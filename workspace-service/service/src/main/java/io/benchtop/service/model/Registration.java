package io.benchtop.service.model;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.dataset.FilePath;
import io.benchtop.service.experiment.ArtifactPath;
import io.benchtop.service.experiment.ArtifactStore.Content;
import io.benchtop.service.experiment.ArtifactStore.Entry;
import io.benchtop.service.experiment.Artifacts;
import io.benchtop.service.experiment.LoggedModel;
import io.benchtop.service.experiment.LoggedModels;
import io.benchtop.service.identity.Caller;
import io.benchtop.service.problem.ErrorCode;
import io.benchtop.service.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes a version of what an MLflow client logged before: its files are copied from the artifacts of a run, or of a logged model, so
 * that the version stays what it is whatever becomes of the run. The caller must be able to read the artifacts.
 */
public final class Registration {

    private static final String ARTIFACTS = "mlflow-artifacts:/";
    private static final String MODELS = "models:/";
    private static final String ONNX = "model.onnx";
    private static final int MOST_FILES = 1000;

    private final Publishing publishing;
    private final Artifacts artifacts;
    private final LoggedModels logged;

    public Registration(Publishing publishing, Artifacts artifacts, LoggedModels logged) {
        this.publishing = requireNonNull(publishing, "publishing is null");
        this.artifacts = requireNonNull(artifacts, "artifacts is null");
        this.logged = requireNonNull(logged, "logged is null");
    }

    /**
     * Registers, and leaves the version to its check.
     *
     * @param source {@code mlflow-artifacts:/…} or {@code models:/m-…}
     * @param run id of the run; null if the client names none
     */
    public ModelVersion register(
            Caller caller,
            ModelName name,
            String source,
            @Nullable String run,
            String description,
            Map<String, String> tags)
            throws IOException {
        LoggedModel model = loggedModel(caller, source);
        ArtifactPath root = model == null ? artifacts(source) : folder(model);
        List<PublishedFile> files = new ArrayList<>();
        collect(caller, root, "", files);
        if (files.isEmpty()) {
            throw ProblemException.of(
                    ErrorCode.NOT_FOUND,
                    "There is no file at \"" + source + "\". Log the model first, then register it.");
        }
        boolean onnx = files.stream().anyMatch(file -> file.path().value().equals(ONNX));
        ModelVersion begun = publishing.begin(
                caller,
                name,
                new Publishing.Request(
                        Bump.PATCH,
                        null,
                        onnx ? ModelFormat.ONNX : ModelFormat.PYTHON,
                        files,
                        null,
                        null,
                        description,
                        Map.of(),
                        new Provenance(
                                run == null && model != null ? model.sourceRun() : run, List.of(), null, null, source),
                        tags),
                null);
        for (PublishedFile file : files) {
            Content content = artifacts.open(caller, below(root, file.path().value()));
            try (InputStream stream = content.stream()) {
                publishing.put(caller, name, begun.version(), file.path(), 0, stream);
            }
        }
        return publishing.commit(caller, name, begun.version());
    }

    private @Nullable LoggedModel loggedModel(Caller caller, String source) {
        boolean isLogged = source.startsWith(MODELS + "m-") && source.indexOf('/', MODELS.length()) < 0;
        return isLogged ? logged.get(caller, source.substring(MODELS.length())).model() : null;
    }

    private static ArtifactPath folder(LoggedModel model) {
        return ArtifactPath.parse(model.experiment() + "/models/" + model.id() + "/artifacts");
    }

    /** Nothing but a plain path: no host, no fragment, nothing that some reader would decode (S36). */
    private static ArtifactPath artifacts(String source) {
        String path = source.startsWith(ARTIFACTS) ? source.substring(ARTIFACTS.length()) : "";
        if (path.isEmpty() || path.startsWith("/") || path.chars().anyMatch(each -> "#?%\\".indexOf(each) >= 0)) {
            throw ProblemException.invalidField(
                    "source",
                    "must be mlflow-artifacts:/ and a path, or models:/m- and the id of a logged model, both of this server."
                            + " Log the model with log_model, then register that");
        }
        return ArtifactPath.parse(path);
    }

    private static ArtifactPath below(ArtifactPath root, String path) {
        return ArtifactPath.parse(root + "/" + path);
    }

    private void collect(Caller caller, ArtifactPath root, String below, List<PublishedFile> files) throws IOException {
        for (Entry entry : artifacts.list(caller, below.isEmpty() ? root : below(root, below))) {
            String path = below.isEmpty() ? entry.name() : below + "/" + entry.name();
            if (entry.isFolder()) {
                collect(caller, root, path, files);
            } else {
                files.add(hashed(caller, root, path));
            }
            if (files.size() > MOST_FILES) {
                throw ProblemException.of(
                        ErrorCode.TOO_LARGE,
                        "There are more than " + MOST_FILES + " files at \"" + root + "\". Register a folder that holds"
                                + " the model alone.");
            }
        }
    }

    private PublishedFile hashed(Caller caller, ArtifactPath root, String path) throws IOException {
        Content content = artifacts.open(caller, below(root, path));
        return new PublishedFile(new FilePath(path), content.size(), Digest.ofAll(content.stream()));
    }
}
