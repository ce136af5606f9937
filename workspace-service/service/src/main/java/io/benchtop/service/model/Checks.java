package io.benchtop.service.model;

import static java.util.Objects.requireNonNull;

import io.benchtop.api.model.ModelFile;
import io.benchtop.api.model.ModelManifest;
import io.benchtop.service.audit.AuditTrail;
import io.benchtop.service.audit.Transactions;
import io.benchtop.service.lease.HeldLease;
import io.benchtop.service.lease.LeaseLost;
import io.benchtop.service.lease.Leases;
import io.benchtop.service.model.ModelStore.LocalFiles;
import io.benchtop.service.model.walk.HostileFile;
import io.benchtop.service.model.walk.OnnxWalk;
import io.benchtop.service.model.walk.TorchScriptWalk;
import io.benchtop.service.problem.Outage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks versions that were committed, one after the other: their files are what was announced, nothing in them is hostile, and the
 * {@linkplain ModelGate gate} lets them pass; then they are published. The database says what waits, so a version whose check was
 * broken off by a crash is checked again, and a lease lets one replica do it. One that cannot be checked is tried again less and less
 * often, so that the others do not wait for it.
 */
public final class Checks implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Checks.class);
    private static final int AT_ONCE = 500;
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);
    private static final String ONLY_PYTHON =
            "Kept, but only Python can load it, so no endpoint serves it. To publish one that can be served, export the model to"
                    + " ONNX (skl2onnx for scikit-learn, onnxmltools for XGBoost, torch.onnx.export for PyTorch) and log it with"
                    + " mlflow.onnx, or publish it with benchtop.publish.";

    private static final String WITHOUT_SAMPLE = "SAMPLE_INVALID";
    private static final String NO_SAMPLE =
            "Kept, but not checked, so no endpoint serves it: it came without a sample of what it is asked and should answer."
                    + " Log a file sample.json beside the model, or publish it with benchtop.publish.";

    private final ModelRepository models;
    private final ModelStore store;
    private final ModelGate gate;
    private final Leases leases;
    private final Transactions transactions;
    private final AuditTrail audit;
    private final WebhookOutbox outbox;
    private final Duration lookEvery;
    private final Outage outage = new Outage(LOG, "checking models");
    private final Semaphore wake = new Semaphore(0);
    private final Thread thread =
            Thread.ofPlatform().name("model-checks").daemon().unstarted(this::run);
    /** Only the thread's own. */
    private final Map<Waiting, Pause> pauses = new HashMap<>();

    private volatile boolean ended;

    private record Waiting(ModelId model, long number) {}

    /** @param over by the clock that never goes back */
    private record Pause(Duration length, long over) {

        static Pause after(@Nullable Pause before) {
            Duration doubled = before == null ? FIRST_PAUSE : before.length().multipliedBy(2);
            Duration length = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
            return new Pause(length, System.nanoTime() + length.toNanos());
        }

        boolean isOver() {
            return System.nanoTime() - over >= 0;
        }
    }

    public Checks(
            ModelRepository models,
            ModelStore store,
            ModelGate gate,
            Leases leases,
            Transactions transactions,
            AuditTrail audit,
            WebhookOutbox outbox,
            Duration lookEvery) {
        this.models = requireNonNull(models, "models is null");
        this.store = requireNonNull(store, "store is null");
        this.gate = requireNonNull(gate, "gate is null");
        this.leases = requireNonNull(leases, "leases is null");
        this.transactions = requireNonNull(transactions, "transactions is null");
        this.audit = requireNonNull(audit, "audit is null");
        this.outbox = requireNonNull(outbox, "outbox is null");
        this.lookEvery = requireNonNull(lookEvery, "lookEvery is null");
    }

    public void begin() {
        thread.start();
    }

    /** Something waits. */
    public void wake() {
        wake.release();
    }

    private void run() {
        try {
            while (!ended) {
                look();
                if (wake.tryAcquire(lookEvery.toMillis(), TimeUnit.MILLISECONDS)) {
                    wake.drainPermits();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        try {
            Map<Waiting, ModelVersion> waiting = new LinkedHashMap<>();
            models.unchecked(AT_ONCE)
                    .forEach(version -> waiting.put(new Waiting(version.model(), version.number()), version));
            pauses.keySet().retainAll(waiting.keySet());
            waiting.forEach((key, version) -> {
                Pause pause = pauses.get(key);
                if (pause == null || pause.isOver()) {
                    if (isTried(version)) {
                        pauses.remove(key);
                    } else {
                        pauses.put(key, Pause.after(pause));
                    }
                }
            });
            if (pauses.isEmpty()) {
                outage.over();
            }
        } catch (RuntimeException e) {
            outage.goesOn(e);
        }
    }

    /** One that cannot be checked now does not hold up the others. */
    private boolean isTried(ModelVersion version) {
        try {
            withLease(version);
            return true;
        } catch (LeaseLost _) {
            LOG.atInfo().log("leaving a check to another replica");
            return true;
        } catch (IOException e) {
            outage.goesOn(new UncheckedIOException(e));
        } catch (RuntimeException e) {
            outage.goesOn(e);
        }
        return false;
    }

    private void withLease(ModelVersion version) throws IOException {
        Optional<HeldLease> taken = leases.take("model " + version.model() + " " + version.number());
        if (taken.isEmpty()) {
            return;
        }
        try (HeldLease lease = taken.get()) {
            Optional<RegisteredModel> model = models.find(version.model());
            // Another replica may have been faster between the two questions.
            boolean waits = models.version(version.model(), version.number())
                    .filter(found -> found.state() instanceof ModelState.Checking)
                    .isPresent();
            if (model.isPresent() && waits) {
                check(model.get(), version, lease);
            }
        }
    }

    private void check(RegisteredModel model, ModelVersion version, HeldLease lease) throws IOException {
        ModelPlace place = new ModelPlace(model.name(), version.version());
        List<PublishedFile> files = version.publication().files();
        ModelState verdict = verdict(version, place);
        lease.require();
        if (verdict instanceof ModelState.Ready) {
            store.publish(place, files, Samples.manifest(manifest(model, version)));
        }
        transactions.run(() -> {
            lease.confirm();
            models.change(model.id(), version.number(), before -> before.checked(verdict))
                    .ifPresent(after -> tell(model, after));
            audit.done(
                    AuditTrail.SYSTEM,
                    "",
                    "model.check",
                    "model/" + model.name(),
                    "version " + version.version() + ": " + said(verdict));
        });
        if (verdict instanceof ModelState.Refused) {
            store.remove(place);
        }
    }

    /** One that was deleted meanwhile is nobody's news. */
    private void tell(RegisteredModel model, ModelVersion version) {
        switch (version.state()) {
            case ModelState.Ready ready -> {
                outbox.tell(
                        ModelNews.of(WebhookEvent.VERSION_READY, model, version, AuditTrail.SYSTEM, ready.message()));
                if (version.approval().status() == Approval.Status.PENDING) {
                    outbox.tell(ModelNews.of(
                            WebhookEvent.APPROVAL_WANTED,
                            model,
                            version,
                            version.publication().createdBy().value(),
                            "Somebody else who may publish the model approves it or rejects it."));
                }
            }
            case ModelState.Refused refused ->
                outbox.tell(ModelNews.of(
                        WebhookEvent.VERSION_REFUSED,
                        model,
                        version,
                        AuditTrail.SYSTEM,
                        refused.reason() + ", " + refused.message()));
            case ModelState.Uploading _, ModelState.Checking _, ModelState.Deleted _ -> {}
        }
    }

    private static String said(ModelState verdict) {
        return verdict instanceof ModelState.Refused refused
                ? refused.reason() + ", " + refused.message()
                : verdict.code();
    }

    private ModelState verdict(ModelVersion version, ModelPlace place) throws IOException {
        try (LocalFiles local = store.open(place, version.publication().files())) {
            return verdict(version, place, local.folder());
        } catch (NoSuchFileException e) {
            return new ModelState.Refused(
                    "FILE_MISSING",
                    "\"" + e.getFile() + "\" was uploaded and is not in the store any more. Publish the model again.");
        }
    }

    private ModelState verdict(ModelVersion version, ModelPlace place, Path folder) throws IOException {
        Publication publication = version.publication();
        for (PublishedFile file : publication.files()) {
            Path path = folder.resolve(file.path().value());
            if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)
                    || Files.size(path) != file.size()
                    || !Digest.ofAll(Files.newInputStream(path, LinkOption.NOFOLLOW_LINKS))
                            .equals(file.sha256())) {
                return new ModelState.Refused(
                        "DIGEST_DIFFERS",
                        "\"" + file.path() + "\" in the store is not what was uploaded. Publish the model again.");
            }
        }
        Optional<String> served = publication.format().file();
        if (served.isEmpty()) {
            return new ModelState.Ready(null, ONLY_PYTHON);
        }
        try {
            walk(publication.format(), folder.resolve(served.get()));
        } catch (HostileFile e) {
            return new ModelState.Refused(e.code(), served.get() + ": " + e.getMessage());
        }
        return switch (gate.check(place, folder)) {
            case ModelGate.Verdict.Passed passed -> new ModelState.Ready(passed.check(), "");
            case ModelGate.Verdict.Failed failed ->
                failed.code().equals(WITHOUT_SAMPLE) && !hasSample(publication)
                        ? new ModelState.Ready(null, NO_SAMPLE)
                        : new ModelState.Refused(failed.code(), failed.message());
        };
    }

    private static boolean hasSample(Publication publication) {
        return publication.files().stream().anyMatch(file -> file.path().value().equals(Publication.SAMPLE));
    }

    private static void walk(ModelFormat format, Path file) throws IOException, HostileFile {
        switch (format) {
            case ONNX -> OnnxWalk.check(file);
            case TORCHSCRIPT -> TorchScriptWalk.check(file);
            case PYTHON -> throw new IllegalArgumentException("Python's files are never read");
        }
    }

    static ModelManifest manifest(RegisteredModel model, ModelVersion version) {
        Publication publication = version.publication();
        Provenance provenance = publication.provenance();
        return new ModelManifest(
                model.name().value(),
                version.version().toString(),
                version.number(),
                publication.format().code(),
                publication.files().stream()
                        .sorted(Comparator.comparing(PublishedFile::path))
                        .map(file -> new ModelFile(file.path().value(), file.size(), file.sha256()))
                        .toList(),
                publication.createdAt().toString(),
                publication.createdBy().value(),
                provenance.run(),
                provenance.datasets(),
                provenance.notebook(),
                provenance.image(),
                provenance.source());
    }

    @Override
    public void close() {
        ended = true;
        thread.interrupt();
    }
}
