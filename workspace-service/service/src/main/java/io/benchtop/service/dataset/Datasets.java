package io.benchtop.service.dataset;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.audit.AuditTrail;
import io.benchtop.service.audit.Transactions;
import io.benchtop.service.connection.Sources;
import io.benchtop.service.identity.Caller;
import io.benchtop.service.identity.Role;
import io.benchtop.service.problem.ErrorCode;
import io.benchtop.service.problem.ProblemException;
import io.benchtop.service.table.TablePreview;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The catalogue: what people do with datasets, but reading and writing what is in them. */
public final class Datasets {

    private static final Logger LOG = LoggerFactory.getLogger(Datasets.class);
    private static final int MOST_FOUND = 1000;
    private static final int MOST_READS = 200;

    private final DatasetRepository datasets;
    private final DatasetAccess access;
    private final DatasetStore store;
    private final Sources sources;
    private final Transactions transactions;
    private final AuditTrail audit;
    private final InstantSource clock;

    public Datasets(
            DatasetRepository datasets,
            DatasetStore store,
            Sources sources,
            Transactions transactions,
            AuditTrail audit,
            InstantSource clock) {
        this.datasets = requireNonNull(datasets, "datasets is null");
        this.access = new DatasetAccess(datasets);
        this.store = requireNonNull(store, "store is null");
        this.sources = requireNonNull(sources, "sources is null");
        this.transactions = requireNonNull(transactions, "transactions is null");
        this.audit = requireNonNull(audit, "audit is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /** What is said of a new dataset. */
    public record Request(
            DatasetName name,
            String description,
            Map<String, String> tags,
            Set<String> readers,
            DatasetSource source) {}

    /** @throws ProblemException {@code ALREADY_EXISTS} if the name is taken, by whomever */
    public Dataset create(Caller caller, Request request) {
        caller.require(Role.DEVELOPER);
        if (request.source() instanceof DatasetSource.Outside outside
                && !sources.mayUse(caller, outside.connection())) {
            throw ProblemException.notFound("connection", outside.connection());
        }
        Instant now = clock.instant();
        Dataset dataset = new Dataset(
                DatasetId.random(),
                request.name(),
                caller.user(),
                request.description(),
                request.tags(),
                request.readers(),
                request.source(),
                now,
                now,
                null);
        return transactions.call(() -> {
            if (!datasets.insert(dataset)) {
                throw ProblemException.of(
                        ErrorCode.ALREADY_EXISTS,
                        "There is a dataset \"" + request.name()
                                + "\" already. Write a new version of it if it is yours, or" + " choose another name.");
            }
            audit(caller, "dataset.create", dataset, request.source().kind());
            return dataset;
        });
    }

    /** Those that the caller may read and that have this text in name, description or a tag; by name. */
    public List<Dataset> search(Caller caller, String text) {
        return datasets.search(caller.administers() ? null : caller.user(), text.strip(), MOST_FOUND);
    }

    public Dataset get(Caller caller, DatasetName name) {
        return access.readable(caller, name);
    }

    /** Whether the caller may change it. */
    public boolean isMine(Caller caller, Dataset dataset) {
        return caller.role().includes(Role.DEVELOPER) && DatasetAccess.isMine(caller, dataset);
    }

    /** Null leaves as it is. */
    public Dataset change(
            Caller caller,
            DatasetName name,
            @Nullable String description,
            @Nullable Map<String, String> tags,
            @Nullable Set<String> readers) {
        DatasetId id = access.changeable(caller, name).id();
        return transactions.call(() -> {
            Dataset after = datasets.change(
                            id,
                            before -> before.described(
                                    description == null ? before.description() : description,
                                    tags == null ? before.tags() : tags,
                                    readers == null ? before.readers() : readers,
                                    clock.instant()))
                    .orElseThrow(() -> ProblemException.notFound("dataset", name.toString()));
            audit(caller, "dataset.change", after, "readers: " + String.join(" ", after.readers()));
            return after;
        });
    }

    /** Its files go, too, if Benchtop keeps them; data outside stays. */
    public void remove(Caller caller, DatasetName name) {
        Dataset dataset = access.changeable(caller, name);
        transactions.run(() -> {
            datasets.remove(dataset.id());
            audit(caller, "dataset.delete", dataset, "");
        });
        try {
            store.remove(dataset.id());
        } catch (IOException e) {
            LOG.warn("files of the dataset {} that was deleted stay in the store as {}", name, dataset.id(), e);
        }
    }

    public List<DatasetVersion> versions(Caller caller, DatasetName name) {
        return datasets.versions(access.readable(caller, name).id());
    }

    /** @param number null for the newest */
    public DatasetVersion version(Caller caller, DatasetName name, @Nullable Long number) {
        return access.version(access.readable(caller, name), number);
    }

    public List<VersionFile> files(Caller caller, DatasetName name, long number) {
        Dataset dataset = access.readable(caller, name);
        return datasets.files(dataset.id(), access.version(dataset, number).number());
    }

    /** What was kept of a version so that looking at it needs no source; empty where there are no rows. */
    public Optional<TablePreview> preview(Caller caller, DatasetName name, long number) {
        Dataset dataset = access.readable(caller, name);
        return datasets.preview(dataset.id(), access.version(dataset, number).number());
    }

    /** Who opened it, the latest first; for those who may change it. */
    public List<DatasetRead> reads(Caller caller, DatasetName name) {
        return datasets.reads(access.changeable(caller, name).id(), MOST_READS);
    }

    private void audit(Caller caller, String action, Dataset dataset, String detail) {
        audit.done(caller.user().value(), caller.address(), action, "dataset/" + dataset.name(), detail);
    }
}
