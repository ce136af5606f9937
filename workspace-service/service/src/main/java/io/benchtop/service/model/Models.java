package io.benchtop.service.model;

import static java.util.Objects.requireNonNull;

import io.benchtop.api.model.ModelSignature;
import io.benchtop.service.audit.AuditTrail;
import io.benchtop.service.audit.Transactions;
import io.benchtop.service.dataset.FilePath;
import io.benchtop.service.identity.Caller;
import io.benchtop.service.identity.Role;
import io.benchtop.service.problem.ErrorCode;
import io.benchtop.service.problem.ProblemException;
import io.benchtop.service.table.ReadableFile;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What people do with models and their versions, but publishing new ones. */
public final class Models {

    private static final Logger LOG = LoggerFactory.getLogger(Models.class);
    private static final int MOST_FOUND = 1000;

    private final ModelRepository models;
    private final ModelAccess access;
    private final ModelStore store;
    private final ModelUses uses;
    private final WebhookOutbox outbox;
    private final Transactions transactions;
    private final AuditTrail audit;
    private final InstantSource clock;

    public Models(
            ModelRepository models,
            ModelStore store,
            ModelUses uses,
            WebhookOutbox outbox,
            Transactions transactions,
            AuditTrail audit,
            InstantSource clock) {
        this.models = requireNonNull(models, "models is null");
        this.access = new ModelAccess(models);
        this.store = requireNonNull(store, "store is null");
        this.uses = requireNonNull(uses, "uses is null");
        this.outbox = requireNonNull(outbox, "outbox is null");
        this.transactions = requireNonNull(transactions, "transactions is null");
        this.audit = requireNonNull(audit, "audit is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /** What is said of a new model. */
    public record Request(
            ModelName name,
            String description,
            Set<String> readers,
            Set<String> publishers,
            boolean approvalRequired,
            Map<String, String> tags) {}

    /** A version with the model that it is of. */
    public record Found(RegisteredModel model, ModelVersion version) {}

    /** @throws ProblemException {@code ALREADY_EXISTS} if the name is taken, by whomever */
    public RegisteredModel create(Caller caller, Request request) {
        caller.require(Role.DEVELOPER);
        RegisteredModel model = RegisteredModel.of(request.name(), caller.user(), clock.instant())
                .described(request.description(), clock.instant())
                .shared(request.readers(), request.publishers(), request.approvalRequired(), clock.instant())
                .tagged(request.tags(), clock.instant());
        return transactions.call(() -> {
            if (!models.insert(model)) {
                throw ProblemException.of(
                        ErrorCode.ALREADY_EXISTS,
                        "There is a model \"" + request.name()
                                + "\" already, whatever the case of its letters. Publish a new version of it if it is"
                                + " yours, or choose another name.");
            }
            audit(caller, "model.create", model, sharing(model));
            return model;
        });
    }

    /** Those that the caller may read and that have this text in name or description; by name. */
    public List<RegisteredModel> search(Caller caller, String text) {
        return models.search(caller.administers() ? null : caller.user(), text.strip(), MOST_FOUND);
    }

    public RegisteredModel get(Caller caller, ModelName name) {
        return access.readable(caller, name);
    }

    /** Whether this person may share and delete it. */
    public boolean isMine(Caller caller, RegisteredModel model) {
        return caller.role().includes(Role.DEVELOPER) && (caller.is(model.owner()) || caller.administers());
    }

    /** Whether this person may publish its versions, give aliases and review. */
    public boolean mayPublish(Caller caller, RegisteredModel model) {
        return caller.role().includes(Role.DEVELOPER) && ModelAccess.mayPublish(caller, model);
    }

    /** Null leaves as it is. */
    public RegisteredModel change(
            Caller caller,
            ModelName name,
            @Nullable String description,
            @Nullable Set<String> readers,
            @Nullable Set<String> publishers,
            @Nullable Boolean approvalRequired) {
        ModelId id = access.owned(caller, name).id();
        return changed(
                caller,
                "model.change",
                id,
                before -> before.described(description == null ? before.description() : description, clock.instant())
                        .shared(
                                readers == null ? before.readers() : readers,
                                publishers == null ? before.publishers() : publishers,
                                approvalRequired == null ? before.approvalRequired() : approvalRequired,
                                clock.instant()));
    }

    private RegisteredModel changed(Caller caller, String action, ModelId id, UnaryOperator<RegisteredModel> change) {
        return transactions.call(() -> {
            RegisteredModel after =
                    models.change(id, change).orElseThrow(() -> ProblemException.notFound("model", id.value()));
            audit(caller, action, after, sharing(after));
            return after;
        });
    }

    private static String sharing(RegisteredModel model) {
        return "readers: " + String.join(" ", model.readers()) + "; publishers: " + String.join(" ", model.publishers())
                + "; approval " + (model.approvalRequired() ? "required" : "not required");
    }

    /** Words of MLflow's clients. A null value takes the tag away. */
    public void tag(Caller caller, ModelName name, String key, @Nullable String value) {
        ModelId id = access.publishable(caller, name).id();
        changed(caller, "model.tag", id, before -> before.tagged(tagged(before.tags(), key, value), clock.instant()));
    }

    private static Map<String, String> tagged(Map<String, String> tags, String key, @Nullable String value) {
        Map<String, String> after = new TreeMap<>(tags);
        if (value != null) {
            after.put(key, value);
        } else if (after.remove(key) == null) {
            throw ProblemException.notFound("tag", key);
        }
        return after;
    }

    /**
     * With all versions and files. Refused while an alias points to one, or an endpoint serves it. The name is free only when the files
     * are gone: a successor's versions begin at the same number, in the same place.
     */
    public void remove(Caller caller, ModelName name) {
        RegisteredModel model = access.owned(caller, name);
        List<ModelVersion> gone = transactions.call(() -> {
            List<ModelVersion> versions = unused(model);
            versions.forEach(each ->
                    models.change(model.id(), each.number(), before -> before.deleted(caller.user(), clock.instant())));
            audit(caller, "model.delete", model, versions.size() + " versions");
            return versions;
        });
        gone.forEach(each -> removeFiles(model, each));
        transactions.run(() -> {
            if (!unused(model).stream().allMatch(ModelVersion::isDeleted)) {
                throw ProblemException.of(
                        ErrorCode.CONFLICT,
                        "A version of \"" + name
                                + "\" was published while the others were deleted. Delete the model again.");
            }
            models.remove(model.id());
        });
    }

    /** All versions, none of which anybody uses until the transaction ends. */
    private List<ModelVersion> unused(RegisteredModel model) {
        models.lock(model.id());
        RegisteredModel locked = models.find(model.id())
                .orElseThrow(
                        () -> ProblemException.notFound("model", model.name().value()));
        List<ModelVersion> versions = models.versions(model.id());
        versions.forEach(each -> requireUnused(locked, each));
        return versions;
    }

    private void requireUnused(RegisteredModel model, ModelVersion version) {
        List<String> aliases = aliases(model, version);
        if (!aliases.isEmpty()) {
            throw ProblemException.of(
                    ErrorCode.CONFLICT,
                    "Version " + version.version() + " of \"" + model.name() + "\" is what the alias \""
                            + aliases.getFirst() + "\" points to. Point it elsewhere or delete the alias first.");
        }
        List<String> users = uses.of(model.id(), version.number());
        if (!users.isEmpty()) {
            throw ProblemException.of(
                    ErrorCode.CONFLICT,
                    "Version " + version.version() + " of \"" + model.name() + "\" is used by " + users.getFirst()
                            + ". Take it out of there first.");
        }
    }

    /** Names of the aliases that point to a version. */
    public static List<String> aliases(RegisteredModel model, ModelVersion version) {
        return model.aliases().entrySet().stream()
                .filter(each -> each.getValue() == version.number())
                .map(each -> each.getKey().value())
                .sorted()
                .toList();
    }

    private void removeFiles(RegisteredModel model, ModelVersion version) {
        try {
            store.remove(new ModelPlace(model.name(), version.version()));
        } catch (IOException e) {
            LOG.warn("files of version {} of the deleted model {} stay in the store", version.version(), model.id(), e);
        }
    }

    /** The newest first, the deleted ones among them. */
    public List<ModelVersion> versions(Caller caller, ModelName name) {
        return models.versions(access.readable(caller, name).id());
    }

    /** The newest that is ready. */
    public Optional<ModelVersion> latest(RegisteredModel model) {
        return models.latest(model.id());
    }

    /** @param which a version, such as {@code 1.2.3}, or an alias */
    public Found version(Caller caller, ModelName name, String which) {
        RegisteredModel model = access.readable(caller, name);
        boolean isVersion = !which.isEmpty() && Character.isDigit(which.charAt(0));
        return new Found(
                model,
                isVersion
                        ? access.version(model, SemanticVersion.parse(which))
                        : access.version(model, new Alias(which)));
    }

    public Found version(Caller caller, ModelName name, long number) {
        RegisteredModel model = access.readable(caller, name);
        return new Found(model, access.version(model, number));
    }

    /**
     * What a version takes and gives, as its check found it; empty if it is not there or nothing was loaded. Asks nobody's right:
     * whoever may call an endpoint that serves it is told the same there.
     */
    public Optional<ModelSignature> signature(ModelName name, SemanticVersion number) {
        return models.find(name)
                .flatMap(model -> models.version(model.id(), number))
                .flatMap(version ->
                        Optional.ofNullable(version.state() instanceof ModelState.Ready ready ? ready.check() : null))
                .map(check -> new ModelSignature(check.inputs(), check.outputs()));
    }

    public Found describe(Caller caller, ModelName name, SemanticVersion number, String description) {
        RegisteredModel model = access.publishable(caller, name);
        return changed(caller, "model.describe-version", model, number, each -> each.described(description));
    }

    /** Words of MLflow's clients. A null value takes the tag away. */
    public Found tagVersion(Caller caller, ModelName name, SemanticVersion number, String key, @Nullable String value) {
        RegisteredModel model = access.publishable(caller, name);
        return changed(
                caller, "model.tag-version", model, number, each -> each.tagged(tagged(each.tags(), key, value)));
    }

    private Found changed(
            Caller caller,
            String action,
            RegisteredModel model,
            SemanticVersion number,
            UnaryOperator<ModelVersion> change) {
        ModelVersion version = access.version(model, number);
        return transactions.call(() -> {
            ModelVersion after = models.change(model.id(), version.number(), change)
                    .orElseThrow(() -> ProblemException.notFound("version", number.toString()));
            audit(caller, action, model, "version " + number);
            return new Found(model, after);
        });
    }

    /** Leaves a tombstone. Refused while an alias points to it or an endpoint serves it. */
    public void removeVersion(Caller caller, ModelName name, SemanticVersion number) {
        RegisteredModel model = access.publishable(caller, name);
        ModelVersion version = access.version(model, number);
        transactions.run(() -> {
            models.lock(model.id());
            requireUnused(access.readable(caller, name), version);
            models.change(model.id(), version.number(), each -> each.deleted(caller.user(), clock.instant()));
            if (!version.isDeleted()) {
                audit(caller, "model.delete-version", model, "version " + number);
            }
        });
        removeFiles(model, version);
    }

    public RegisteredModel point(Caller caller, ModelName name, Alias alias, SemanticVersion number) {
        RegisteredModel model = access.publishable(caller, name);
        return transactions.call(() -> {
            models.lock(model.id());
            // Read again behind the lock: what is pointed to cannot be deleted or rejected meanwhile.
            RegisteredModel locked = access.publishable(caller, name);
            ModelVersion version = access.version(locked, number);
            requirePromotable(locked, version);
            RegisteredModel after = models.change(
                            model.id(), each -> each.pointing(alias, version.number(), clock.instant()))
                    .orElseThrow(() -> ProblemException.notFound("model", name.value()));
            audit(caller, "model.alias", model, alias + " is version " + number);
            if (!Objects.equals(locked.aliases().get(alias), version.number())) {
                tellAlias(caller, after, version, alias, alias + " is version " + number + " now.");
            }
            return after;
        });
    }

    /** Refuses what may not be promoted: a version that is not ready, or that a second person has to approve first. */
    public static void requirePromotable(RegisteredModel model, ModelVersion version) {
        if (!version.isReady()) {
            throw ProblemException.of(
                    ErrorCode.CONFLICT,
                    "Version " + version.version() + " of \"" + model.name() + "\" is "
                            + version.state().code() + ". Only a version that is READY can be used.");
        }
        Approval.Status status = version.approval().status();
        if (status == Approval.Status.REJECTED || (model.approvalRequired() && status != Approval.Status.APPROVED)) {
            throw ProblemException.of(
                    ErrorCode.APPROVAL_NEEDED,
                    "Version " + version.version() + " of \"" + model.name() + "\" is "
                            + (status == Approval.Status.REJECTED ? "rejected" : "not approved")
                            + ". Somebody other than " + version.publication().createdBy()
                            + " who may publish it approves it first.");
        }
    }

    public RegisteredModel removeAlias(Caller caller, ModelName name, Alias alias) {
        RegisteredModel model = access.publishable(caller, name);
        return transactions.call(() -> {
            RegisteredModel after = models.change(model.id(), each -> each.withoutAlias(alias, clock.instant()))
                    .orElseThrow(() -> ProblemException.notFound("model", name.value()));
            if (model.aliases().containsKey(alias)) {
                audit(caller, "model.delete-alias", model, alias.value());
                tellAlias(caller, after, null, alias, alias + " points to no version any more.");
            }
            return after;
        });
    }

    private void tellAlias(
            Caller caller, RegisteredModel model, @Nullable ModelVersion version, Alias alias, String message) {
        outbox.tell(new ModelNews(
                WebhookEvent.ALIAS_CHANGED, model, version, alias, caller.user().value(), message));
    }

    /** A second person says what is to become of a version; never whoever made it (S36). */
    public Found review(Caller caller, ModelName name, SemanticVersion number, boolean approved, String comment) {
        RegisteredModel model = access.publishable(caller, name);
        ModelVersion version = access.version(model, number);
        if (caller.is(version.publication().createdBy())) {
            throw ProblemException.of(
                    ErrorCode.FORBIDDEN,
                    "You made version " + number + " of \"" + name
                            + "\", so somebody else who may publish it has to approve or reject it.");
        }
        Approval review =
                new Approval(approved ? Approval.Status.APPROVED : Approval.Status.REJECTED, caller.user(), comment);
        return transactions.call(() -> {
            Found reviewed = changed(
                    caller, approved ? "model.approve" : "model.reject", model, number, each -> each.reviewed(review));
            outbox.tell(ModelNews.of(
                    approved ? WebhookEvent.APPROVAL_APPROVED : WebhookEvent.APPROVAL_REJECTED,
                    model,
                    reviewed.version(),
                    caller.user().value(),
                    comment));
            return reviewed;
        });
    }

    /** A file of a version that is ready; {@code manifest.json} is one. */
    public ReadableFile file(Caller caller, ModelName name, String which, FilePath path) throws IOException {
        return file(version(caller, name, which), path);
    }

    public ReadableFile file(Found found, FilePath path) throws IOException {
        requireFiles(found);
        try {
            return store.read(
                    new ModelPlace(found.model().name(), found.version().version()), path);
        } catch (NoSuchFileException _) {
            throw ProblemException.notFound(
                    "file", found.model().name() + " " + found.version().version() + ": " + path);
        }
    }

    private static void requireFiles(Found found) {
        if (!found.version().isReady()) {
            throw ProblemException.of(
                    ErrorCode.NOT_FOUND,
                    "Version " + found.version().version() + " of \""
                            + found.model().name() + "\" is "
                            + found.version().state().code() + " and has no files to read.");
        }
    }

    private void audit(Caller caller, String action, RegisteredModel model, String detail) {
        audit.done(caller.user().value(), caller.address(), action, "model/" + model.name(), detail);
    }
}
