package io.benchtop.service.model;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.dataset.FilePath;
import io.benchtop.service.identity.UserName;
import io.benchtop.service.problem.ErrorCode;
import io.benchtop.service.problem.ProblemException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One version of a model. What was published never changes; its state, its approval and what people say of it do.
 *
 * @param number counts from 1, as MLflow knows versions
 * @param tags words of MLflow's clients
 */
public record ModelVersion(
        ModelId model,
        SemanticVersion version,
        long number,
        Publication publication,
        ModelState state,
        Approval approval,
        String description,
        Map<String, String> tags) {

    public ModelVersion {
        requireNonNull(model, "model is null");
        requireNonNull(version, "version is null");
        requireNonNull(publication, "publication is null");
        requireNonNull(state, "state is null");
        requireNonNull(approval, "approval is null");
        Texts.checkDescription(description);
        tags = Texts.checkedTags(tags);
    }

    public boolean isReady() {
        return state instanceof ModelState.Ready;
    }

    /** Whether an endpoint can serve it: it passed the gate. */
    public boolean isServable() {
        return state instanceof ModelState.Ready ready && ready.check() != null;
    }

    public boolean isDeleted() {
        return state instanceof ModelState.Deleted;
    }

    ModelVersion arrived(FilePath file) {
        ModelState.Uploading uploading = uploading();
        Set<FilePath> more = new HashSet<>(uploading.arrived());
        more.add(file);
        return in(new ModelState.Uploading(uploading.expiresAt(), more));
    }

    /** All files are there; whoever says so again says nothing new. */
    ModelVersion committed() {
        if (state instanceof ModelState.Checking
                || state instanceof ModelState.Ready
                || state instanceof ModelState.Refused) {
            return this;
        }
        Set<FilePath> arrived = uploading().arrived();
        List<String> missing = publication.files().stream()
                .map(PublishedFile::path)
                .filter(path -> !arrived.contains(path))
                .map(FilePath::value)
                .sorted()
                .toList();
        if (!missing.isEmpty()) {
            throw ProblemException.of(
                    ErrorCode.CONFLICT,
                    "Version " + version + " is not whole: " + missing.size() + " of its files are missing, first \""
                            + missing.getFirst() + "\". Upload them, then commit.");
        }
        return in(new ModelState.Checking());
    }

    /** The check came to an end; who deleted the version meanwhile was right. */
    ModelVersion checked(ModelState verdict) {
        if (!(verdict instanceof ModelState.Ready) && !(verdict instanceof ModelState.Refused)) {
            throw new IllegalArgumentException("no verdict: " + verdict);
        }
        return state instanceof ModelState.Checking ? in(verdict) : this;
    }

    /** An upload that nobody committed in time. */
    boolean isAbandoned(Instant now) {
        return state instanceof ModelState.Uploading uploading
                && uploading.expiresAt().isBefore(now);
    }

    ModelVersion deleted(UserName by, Instant now) {
        return isDeleted() ? this : in(new ModelState.Deleted(by, now));
    }

    ModelVersion reviewed(Approval review) {
        if (!isReady()) {
            throw ProblemException.of(
                    ErrorCode.CONFLICT,
                    "Version " + version + " is " + state.code()
                            + ". Only a version that is READY is approved or rejected.");
        }
        return new ModelVersion(model, version, number, publication, state, review, description, tags);
    }

    ModelVersion described(String asDescription) {
        return new ModelVersion(model, version, number, publication, state, approval, asDescription, tags);
    }

    ModelVersion tagged(Map<String, String> withTags) {
        return new ModelVersion(model, version, number, publication, state, approval, description, withTags);
    }

    private ModelVersion in(ModelState next) {
        return new ModelVersion(model, version, number, publication, next, approval, description, tags);
    }

    private ModelState.Uploading uploading() {
        if (state instanceof ModelState.Uploading uploading) {
            return uploading;
        }
        throw ProblemException.of(
                ErrorCode.CONFLICT,
                "Version " + version + " is " + state.code() + " and takes no more files. Publish another version.");
    }
}
