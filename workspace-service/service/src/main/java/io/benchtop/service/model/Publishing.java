package io.benchtop.service.model;

import static java.util.Objects.requireNonNull;

import io.benchtop.api.model.ModelSample;
import io.benchtop.api.model.ModelSignature;
import io.benchtop.service.audit.AuditTrail;
import io.benchtop.service.audit.Transactions;
import io.benchtop.service.dataset.FilePath;
import io.benchtop.service.identity.Caller;
import io.benchtop.service.identity.Role;
import io.benchtop.service.model.ModelRepository.Begun;
import io.benchtop.service.model.ModelRepository.Numbering;
import io.benchtop.service.problem.ErrorCode;
import io.benchtop.service.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.DigestInputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * New versions: begun with what they will consist of, filled file by file, each of which is compared with its announced hash, and
 * committed. Every step may be repeated. Whoever commits has a version that waits for its {@linkplain Checks check}; what nobody
 * commits in time is removed.
 */
public final class Publishing {

    private static final Logger LOG = LoggerFactory.getLogger(Publishing.class);
    private static final Duration LIFE = Duration.ofDays(1);
    private static final int SWEPT_AT_ONCE = 100;

    private final ModelRepository models;
    private final ModelAccess access;
    private final ModelStore store;
    private final ModelGate gate;
    private final Transactions transactions;
    private final AuditTrail audit;
    private final Runnable waiting;
    private final InstantSource clock;

    /** @param waiting told when a version waits for its check */
    public Publishing(
            ModelRepository models,
            ModelStore store,
            ModelGate gate,
            Transactions transactions,
            AuditTrail audit,
            Runnable waiting,
            InstantSource clock) {
        this.models = requireNonNull(models, "models is null");
        this.access = new ModelAccess(models);
        this.store = requireNonNull(store, "store is null");
        this.gate = requireNonNull(gate, "gate is null");
        this.transactions = requireNonNull(transactions, "transactions is null");
        this.audit = requireNonNull(audit, "audit is null");
        this.waiting = requireNonNull(waiting, "waiting is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /**
     * What is said of a new version.
     *
     * @param version null to bump
     * @param signature null if the model itself tells it
     * @param sample null if it is among the files, or if nobody has one
     */
    public record Request(
            Bump bump,
            @Nullable SemanticVersion version,
            ModelFormat format,
            List<PublishedFile> files,
            @Nullable ModelSignature signature,
            @Nullable ModelSample sample,
            String description,
            Map<String, Double> metrics,
            Provenance provenance,
            Map<String, String> tags) {}

    /**
     * Begins a version; the model is made if it is not there.
     *
     * @param key the same for the same intention; null if the client has none
     */
    public ModelVersion begin(Caller caller, ModelName name, Request request, @Nullable String key) throws IOException {
        caller.require(Role.DEVELOPER);
        store.requirePlace();
        if (request.format().isServable()) {
            gate.requireReady();
        }
        Map<PublishedFile, byte[]> written = written(request);
        List<PublishedFile> files = new ArrayList<>(request.files());
        files.addAll(written.keySet());
        Publication.requireApart(files);
        Publication publication = new Publication(
                request.format(),
                files,
                request.signature(),
                request.metrics(),
                request.provenance(),
                caller.user(),
                clock.instant());
        PublishKey kept =
                key == null ? null : new PublishKey(caller.user(), key, Digest.of(name.key() + "\n" + request));
        RegisteredModel model = findOrMake(caller, name);
        ModelVersion begun = transactions.call(() -> begin(caller, model, request, publication, kept));
        return write(model.name(), begun, written);
    }

    private static Map<PublishedFile, byte[]> written(Request request) {
        Map<PublishedFile, byte[]> written = new LinkedHashMap<>();
        ModelSignature signature = request.signature();
        if (signature != null) {
            add(written, Publication.SIGNATURE, Samples.signature(signature));
        }
        ModelSample sample = request.sample();
        if (sample != null) {
            add(written, Publication.SAMPLE, Samples.sample(sample));
        }
        return written;
    }

    private static void add(Map<PublishedFile, byte[]> written, String name, byte[] content) {
        written.put(new PublishedFile(new FilePath(name), content.length, Digest.of(content)), content);
    }

    private RegisteredModel findOrMake(Caller caller, ModelName name) {
        if (models.find(name).isEmpty()) {
            RegisteredModel fresh = RegisteredModel.of(name, caller.user(), clock.instant());
            transactions.run(() -> {
                if (models.insert(fresh)) {
                    audit(caller, "model.create", fresh.name(), "by its first version");
                }
            });
        }
        return access.publishable(caller, name);
    }

    private ModelVersion begin(
            Caller caller, RegisteredModel model, Request request, Publication publication, @Nullable PublishKey key) {
        Numbering numbering = models.lock(model.id())
                .orElseThrow(
                        () -> ProblemException.notFound("model", model.name().value()));
        if (key != null) {
            Optional<Begun> before = models.begun(model.id(), key.owner(), key.value());
            if (before.isPresent()) {
                return same(before.get(), key);
            }
        }
        ModelVersion version = new ModelVersion(
                model.id(),
                version(model, request, numbering),
                numbering.next(),
                publication,
                new ModelState.Uploading(clock.instant().plus(LIFE), Set.of()),
                model.approvalRequired() ? Approval.PENDING : Approval.NOT_NEEDED,
                request.description(),
                request.tags());
        models.insert(version, key);
        audit(
                caller,
                "model.upload",
                model.name(),
                "version " + version.version() + ", " + publication.files().size() + " files");
        return version;
    }

    private static ModelVersion same(Begun before, PublishKey key) {
        if (!before.requestHash().equals(key.requestHash())) {
            throw ProblemException.of(
                    ErrorCode.IDEMPOTENCY_KEY_REUSED,
                    "The Idempotency-Key was used for another request. Use a new key for each new version.");
        }
        return before.version();
    }

    private SemanticVersion version(RegisteredModel model, Request request, Numbering numbering) {
        SemanticVersion wanted = request.version();
        if (wanted == null) {
            return numbering.highest().map(found -> found.next(request.bump())).orElse(SemanticVersion.FIRST);
        }
        if (models.version(model.id(), wanted).isPresent()) {
            throw ProblemException.of(
                    ErrorCode.ALREADY_EXISTS,
                    "There is a version " + wanted + " of \"" + model.name()
                            + "\" already, be it deleted; versions never change. Choose another, or say bump.");
        }
        return wanted;
    }

    private ModelVersion write(ModelName name, ModelVersion begun, Map<PublishedFile, byte[]> written)
            throws IOException {
        ModelVersion version = begun;
        for (Map.Entry<PublishedFile, byte[]> each : written.entrySet()) {
            if (version.state() instanceof ModelState.Uploading uploading
                    && !uploading.arrived().contains(each.getKey().path())) {
                store.append(
                        new ModelPlace(name, version.version()),
                        each.getKey(),
                        0,
                        new ByteArrayInputStream(each.getValue()));
                version = arrived(version, each.getKey().path());
            }
        }
        return version;
    }

    private ModelVersion arrived(ModelVersion version, FilePath path) {
        return models.change(version.model(), version.number(), each -> each.arrived(path))
                .orElseThrow(() ->
                        ProblemException.notFound("version", version.version().toString()));
    }

    /**
     * Goes on with a file, or begins it.
     *
     * @param offset how much of it is there
     * @return its size then, in bytes
     */
    public long put(
            Caller caller, ModelName name, SemanticVersion number, FilePath path, long offset, InputStream content)
            throws IOException {
        RegisteredModel model = access.publishable(caller, name);
        ModelVersion version = mine(caller, model, number);
        PublishedFile file = version.publication()
                .file(path)
                .orElseThrow(() -> ProblemException.of(
                        ErrorCode.NOT_FOUND,
                        "\"" + path + "\" is not among the files that were announced of version " + number
                                + ". Begin another version that lists it."));
        if (version.state() instanceof ModelState.Uploading uploading) {
            return uploading.arrived().contains(path) ? file.size() : append(model, version, file, offset, content);
        }
        // Says why there is no more to come.
        version.arrived(path);
        throw new IllegalStateException("a version that takes files is uploading");
    }

    private long append(
            RegisteredModel model, ModelVersion version, PublishedFile file, long offset, InputStream content)
            throws IOException {
        ModelPlace place = new ModelPlace(model.name(), version.version());
        DigestInputStream digested = Digest.of(content);
        long size = store.append(place, file, offset, digested);
        if (size == file.size()) {
            String sent = Digest.soFar(digested);
            // What came in pieces, or was there already, is read once more.
            compare(
                    place,
                    version,
                    file,
                    sent.equals(file.sha256())
                            ? sent
                            : Digest.ofAll(store.uploaded(place, file).read()));
            arrived(version, file.path());
        }
        return size;
    }

    private void compare(ModelPlace place, ModelVersion version, PublishedFile file, String sha256) throws IOException {
        if (!sha256.equals(file.sha256())) {
            // Another request may have brought the file, and the version may be in use since.
            if (models.version(version.model(), version.number())
                    .filter(each -> each.state() instanceof ModelState.Uploading)
                    .isPresent()) {
                store.discard(place, file);
            }
            throw ProblemException.of(
                    ErrorCode.DIGEST_DIFFERS,
                    "\"" + file.path() + "\" arrived with the sha256 " + sha256 + ", but " + file.sha256()
                            + " was announced. It was changed or damaged on the way; upload it again from its beginning.");
        }
    }

    /** Of an upload, only whoever began it may go on with it. */
    private ModelVersion mine(Caller caller, RegisteredModel model, SemanticVersion number) {
        ModelVersion version = access.version(model, number);
        if (!caller.is(version.publication().createdBy())) {
            throw ProblemException.of(
                    ErrorCode.FORBIDDEN,
                    "Version " + number + " of \"" + model.name() + "\" is being published by "
                            + version.publication().createdBy() + ". Begin a version of your own.");
        }
        return version;
    }

    /** All files are there: the version waits for its check. */
    public ModelVersion commit(Caller caller, ModelName name, SemanticVersion number) {
        RegisteredModel model = access.publishable(caller, name);
        ModelVersion version = mine(caller, model, number);
        ModelVersion committed = transactions.call(() -> {
            ModelVersion after = models.change(model.id(), version.number(), ModelVersion::committed)
                    .orElseThrow(() -> ProblemException.notFound("version", number.toString()));
            if (version.state() instanceof ModelState.Uploading) {
                audit(caller, "model.commit", model.name(), "version " + number);
            }
            return after;
        });
        waiting.run();
        return committed;
    }

    /** Removes what nobody committed in time; called now and then. */
    public void sweep() throws IOException {
        Instant now = clock.instant();
        for (ModelVersion version : models.abandoned(now, SWEPT_AT_ONCE)) {
            Optional<ModelName> model = models.find(version.model()).map(RegisteredModel::name);
            if (model.isPresent() && isGivenUp(version, now)) {
                remove(new ModelPlace(model.get(), version.version()), version);
            }
        }
    }

    /** Somebody may have committed it since. Its number is not free, so nobody begins another in its place yet. */
    private boolean isGivenUp(ModelVersion version, Instant now) {
        return models.change(
                        version.model(),
                        version.number(),
                        each -> each.isAbandoned(now)
                                ? each.deleted(each.publication().createdBy(), now)
                                : each)
                .filter(ModelVersion::isDeleted)
                .isPresent();
    }

    /** One whose files stay keeps its number, and holds up no other. */
    private void remove(ModelPlace place, ModelVersion version) {
        try {
            store.remove(place);
            models.removeVersion(version.model(), version.number());
        } catch (IOException | ProblemException e) {
            LOG.warn("files of the upload {} that nobody committed stay in the store", place, e);
        }
    }

    private void audit(Caller caller, String action, ModelName model, String detail) {
        audit.done(caller.user().value(), caller.address(), action, "model/" + model, detail);
    }
}
