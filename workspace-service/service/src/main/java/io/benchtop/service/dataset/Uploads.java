package io.benchtop.service.dataset;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.audit.AuditTrail;
import io.benchtop.service.audit.Transactions;
import io.benchtop.service.dataset.DatasetRepository.NewVersion;
import io.benchtop.service.dataset.DatasetStore.StoredFile;
import io.benchtop.service.dataset.DatasetVersion.Origin;
import io.benchtop.service.identity.Caller;
import io.benchtop.service.problem.ErrorCode;
import io.benchtop.service.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * New versions from files that are handed over: begun, filled in pieces that can be gone on with after a break, and committed. The
 * version is there when its manifest is, in one transaction; before, and if nobody commits in time, there is nothing but bytes
 * that a sweep removes.
 */
public final class Uploads {

    private static final Duration LIFE = Duration.ofDays(1);
    private static final int MOST_FILES = 10_000;
    private static final int SWEPT_AT_ONCE = 100;

    private final DatasetRepository datasets;
    private final DatasetAccess access;
    private final DatasetStore store;
    private final Inspection inspection;
    private final Transactions transactions;
    private final AuditTrail audit;
    private final InstantSource clock;

    public Uploads(
            DatasetRepository datasets,
            DatasetStore store,
            Inspection inspection,
            Transactions transactions,
            AuditTrail audit,
            InstantSource clock) {
        this.datasets = requireNonNull(datasets, "datasets is null");
        this.access = new DatasetAccess(datasets);
        this.store = requireNonNull(store, "store is null");
        this.inspection = requireNonNull(inspection, "inspection is null");
        this.transactions = requireNonNull(transactions, "transactions is null");
        this.audit = requireNonNull(audit, "audit is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /** An upload and what is there of it. */
    public record State(Upload upload, List<StoredFile> files) {}

    public State begin(Caller caller, DatasetName name, String note, Origin origin) {
        Dataset dataset = access.changeable(caller, name);
        if (!(dataset.source() instanceof DatasetSource.Managed)) {
            throw ProblemException.of(
                    ErrorCode.BAD_REQUEST,
                    "The data of \"" + name + "\" lies outside, where Benchtop only reads. Write to another dataset.");
        }
        store.requirePlace();
        Upload upload = new Upload(
                UploadId.random(),
                dataset.id(),
                caller.user(),
                note,
                origin,
                clock.instant().plus(LIFE),
                null);
        datasets.insert(upload);
        return new State(upload, List.of());
    }

    public State state(Caller caller, DatasetName name, UploadId id) throws IOException {
        Upload upload = find(caller, name, id);
        return new State(upload, store.list(upload.dataset(), id));
    }

    private Upload find(Caller caller, DatasetName name, UploadId id) {
        Dataset dataset = access.changeable(caller, name);
        return datasets.upload(id)
                .filter(found -> found.dataset().equals(dataset.id()) && caller.is(found.owner()))
                .orElseThrow(() -> ProblemException.notFound("upload", id.value()));
    }

    /**
     * Goes on with a file, or begins it.
     *
     * @param offset how much of it is there
     * @return its size then, in bytes
     */
    public long put(Caller caller, DatasetName name, UploadId id, FilePath file, long offset, InputStream content)
            throws IOException {
        Upload upload = find(caller, name, id);
        if (upload.version() != null) {
            throw ProblemException.of(
                    ErrorCode.CONFLICT,
                    "These files are version " + upload.version() + " of \"" + name
                            + "\" already. Begin another upload.");
        }
        return store.append(upload.dataset(), id, file, offset, content);
    }

    /** Makes a version of what was uploaded; the same one however often. */
    public DatasetVersion commit(Caller caller, DatasetName name, UploadId id) throws IOException {
        Upload upload = find(caller, name, id);
        Long made = upload.version();
        if (made != null) {
            return datasets.version(upload.dataset(), made).orElseThrow();
        }
        List<StoredFile> stored = store.list(upload.dataset(), id);
        if (stored.isEmpty()) {
            throw ProblemException.of(ErrorCode.EMPTY_UPLOAD, "No file was uploaded. Send at least one, then commit.");
        }
        if (stored.size() > MOST_FILES) {
            throw ProblemException.of(
                    ErrorCode.TOO_LARGE,
                    "A version has at most " + MOST_FILES + " files; these are " + stored.size()
                            + ". Put more rows into each.");
        }
        NewVersion version = inspection.inspect(caller, upload, readable(upload, stored));
        return transactions.call(() -> {
            DatasetVersion added = datasets.add(upload.dataset(), version);
            audit.done(
                    caller.user().value(),
                    caller.address(),
                    "dataset.version",
                    "dataset/" + name,
                    "version " + added.number() + ", " + added.fileCount() + " files, " + added.bytes() + " bytes");
            return added;
        });
    }

    private List<TableFiles.PlacedFile> readable(Upload upload, List<StoredFile> stored) throws IOException {
        List<TableFiles.PlacedFile> files = new ArrayList<>();
        for (StoredFile file : stored) {
            store.sync(upload.dataset(), upload.id(), file.path());
            files.add(new TableFiles.PlacedFile(file.path(), store.open(upload.dataset(), upload.id(), file.path())));
        }
        return files;
    }

    public void abort(Caller caller, DatasetName name, UploadId id) throws IOException {
        Upload upload = find(caller, name, id);
        if (upload.version() == null) {
            datasets.removeUpload(id);
            store.remove(upload.dataset(), id);
        }
    }

    /** Removes what nobody committed in time; called now and then. */
    public void sweep() throws IOException {
        for (Upload upload : datasets.expired(clock.instant(), SWEPT_AT_ONCE)) {
            datasets.removeUpload(upload.id());
            store.remove(upload.dataset(), upload.id());
        }
    }
}
