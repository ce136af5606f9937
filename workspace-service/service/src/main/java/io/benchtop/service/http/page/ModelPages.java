package io.benchtop.service.http.page;

import static java.util.Objects.requireNonNull;

import io.benchtop.api.model.InferMicros;
import io.benchtop.api.model.ModelCheck;
import io.benchtop.api.model.ModelDataset;
import io.benchtop.api.model.ModelNotebook;
import io.benchtop.api.model.ModelSignature;
import io.benchtop.api.model.ModelTensor;
import io.benchtop.service.dataset.DatasetName;
import io.benchtop.service.endpoint.Endpoint;
import io.benchtop.service.endpoint.EndpointName;
import io.benchtop.service.endpoint.Endpoints;
import io.benchtop.service.endpoint.ServedVersion;
import io.benchtop.service.endpoint.Traffic;
import io.benchtop.service.identity.Caller;
import io.benchtop.service.identity.Role;
import io.benchtop.service.model.Approval;
import io.benchtop.service.model.ModelState;
import io.benchtop.service.model.ModelVersion;
import io.benchtop.service.model.Models;
import io.benchtop.service.model.Models.Found;
import io.benchtop.service.model.Provenance;
import io.benchtop.service.model.PublishedFile;
import io.benchtop.service.model.RegisteredModel;
import io.benchtop.service.model.Webhooks;
import io.benchtop.service.problem.ErrorCode;
import io.benchtop.service.problem.ProblemException;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Gathers what the pages of models show. */
@Singleton
final class ModelPages {

    private static final int MOST_VERSIONS = 50;
    private static final int SHORT_HASH = 12;
    private static final String MANIFEST = "manifest.json";

    private final Models models;
    private final Webhooks webhooks;
    private final Endpoints endpoints;
    private final Origins origins;
    private final InstantSource clock;

    ModelPages(Models models, Webhooks webhooks, Endpoints endpoints, Origins origins, InstantSource clock) {
        this.models = requireNonNull(models, "models is null");
        this.webhooks = requireNonNull(webhooks, "webhooks is null");
        this.endpoints = requireNonNull(endpoints, "endpoints is null");
        this.origins = requireNonNull(origins, "origins is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /** What people typed into the forms of a model's page; what was not sent is as it is. */
    record Typed(
            @Nullable Form settings, Form alias, @Nullable Form webhook, Webhooks.@Nullable Created created) {

        static final Typed NOTHING = new Typed(null, Form.EMPTY, null, null);

        static Typed settings(Form form) {
            return new Typed(form, Form.EMPTY, null, null);
        }

        static Typed alias(Form form) {
            return new Typed(null, form, null, null);
        }

        static Typed webhook(Form form, Webhooks.@Nullable Created created) {
            return new Typed(null, Form.EMPTY, form, created);
        }
    }

    /** What one may see but not change is no secret, so this says whose it is. */
    RegisteredModel requireMine(Caller caller, RegisteredModel model) {
        if (!models.isMine(caller, model)) {
            throw ProblemException.of(
                    ErrorCode.FORBIDDEN,
                    "The model \"" + model.name() + "\" is " + model.owner()
                            + "'s, who alone changes and deletes it. Ask " + model.owner() + ".");
        }
        return model;
    }

    ModelHead head(Caller caller, RegisteredModel model) {
        return ModelHead.of(model, models.isMine(caller, model), models.mayPublish(caller, model), clock.instant());
    }

    ModelsPage.Row row(Caller caller, RegisteredModel model) {
        Instant now = clock.instant();
        ModelAddress address = new ModelAddress(model.name());
        ModelsPage.Latest latest = models.latest(model)
                .map(version -> new ModelsPage.Latest(
                        version.version().toString(),
                        address.version(version.version()),
                        version.isServable(),
                        version.publication().createdBy().value(),
                        HumaneTime.relative(version.publication().createdAt(), now)))
                .orElse(null);
        return new ModelsPage.Row(
                address.page(),
                model.name().value(),
                model.description(),
                model.owner().value(),
                latest,
                model.aliases().isEmpty() ? Map.of() : aliases(model, models.versions(caller, model.name())),
                HumaneTime.relative(model.changedAt(), now));
    }

    private static Map<String, String> aliases(RegisteredModel model, List<ModelVersion> versions) {
        Map<Long, String> numbers = versions.stream()
                .collect(Collectors.toMap(
                        ModelVersion::number, each -> each.version().toString()));
        Map<String, String> aliases = new TreeMap<>();
        model.aliases().forEach((alias, number) -> aliases.put(alias.value(), numbers.getOrDefault(number, "")));
        return aliases;
    }

    ModelPage of(Caller caller, Frame frame, RegisteredModel model, Typed typed) {
        Instant now = clock.instant();
        List<ModelVersion> versions = models.versions(caller, model.name());
        Form form = typed.settings() == null ? ModelForm.of(model) : typed.settings();
        ModelWebhooks told = models.isMine(caller, model) ? webhooks(caller, model, typed, now) : ModelWebhooks.NONE;
        return new ModelPage(
                told(frame, form, typed.alias(), told.form()),
                head(caller, model),
                form,
                aliases(model, versions),
                typed.alias(),
                versions.stream()
                        .limit(MOST_VERSIONS)
                        .map(version -> ModelVersionRow.of(model, version, now))
                        .toList(),
                Math.max(0, versions.size() - MOST_VERSIONS),
                told);
    }

    private ModelWebhooks webhooks(Caller caller, RegisteredModel model, Typed typed, Instant now) {
        return new ModelWebhooks(
                webhooks.list(caller, model.name()).stream()
                        .map(webhook -> ModelWebhooks.row(webhook, webhooks.deliveries(webhook), now))
                        .toList(),
                typed.webhook() == null ? ModelWebhooks.usual() : typed.webhook(),
                ModelWebhooks.Created.of(typed.created()));
    }

    /** What is wrong with one of the forms as a whole is said on top. */
    private static Frame told(Frame frame, Form... forms) {
        Frame told = frame;
        for (Form form : forms) {
            String problem = form.problem();
            told = problem == null ? told : told.with(Notice.problem(problem));
        }
        return told;
    }

    ModelVersionPage of(Caller caller, Frame frame, Found found, Form review, Form promotion) {
        RegisteredModel model = found.model();
        ModelVersion version = found.version();
        ModelCheck check = version.state() instanceof ModelState.Ready ready ? ready.check() : null;
        ModelSignature told = version.publication().signature();
        ModelHead head = head(caller, model);
        boolean own = caller.is(version.publication().createdBy());
        boolean reviewed = head.publishes()
                && version.isReady()
                && (model.approvalRequired() || version.approval().status() != Approval.Status.NOT_NEEDED);
        return new ModelVersionPage(
                told(frame, review, promotion),
                head,
                ModelVersionRow.of(model, version, clock.instant()),
                version.description(),
                approval(version.approval()),
                reviewed && !own,
                reviewed && own,
                review,
                tensors(told == null ? check == null ? List.of() : check.inputs() : told.inputs()),
                tensors(told == null ? check == null ? List.of() : check.outputs() : told.outputs()),
                check == null ? List.of() : checks(check),
                files(head.address(), version),
                making(caller, version.publication().provenance()),
                uses(caller, found),
                caller.role().includes(Role.DEVELOPER) && version.isServable() ? promotion : null);
    }

    /** As most versions are promoted: to an endpoint that is called like the model, if one can be. */
    static Form usualPromotion(Found found) {
        return Form.of(Map.of(
                "endpoint",
                endpointName(found.model().name().value()),
                "strategy",
                "all",
                "minutes",
                "5",
                "errors",
                "1"));
    }

    private static String endpointName(String model) {
        String name = model.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        try {
            return new EndpointName(name).value();
        } catch (ProblemException _) {
            return "";
        }
    }

    /** The same version for somebody who may delete it. */
    Found publishable(Caller caller, Found found) {
        if (!models.mayPublish(caller, found.model())) {
            throw ProblemException.of(
                    ErrorCode.FORBIDDEN,
                    "The model \"" + found.model().name() + "\" is "
                            + found.model().owner() + "'s, who deletes its versions with those whom "
                            + found.model().owner() + " lists as publishers. Ask "
                            + found.model().owner() + ".");
        }
        return found;
    }

    private static String approval(Approval approval) {
        String words = ModelVersionRow.approval(approval);
        return approval.comment().isEmpty() ? words : words + ": " + approval.comment();
    }

    private static List<ModelVersionPage.Tensor> tensors(List<ModelTensor> tensors) {
        return tensors.stream()
                .map(each -> new ModelVersionPage.Tensor(
                        each.name(),
                        each.datatype(),
                        each.shape().isEmpty()
                                ? "one value"
                                : each.shape().stream()
                                        .map(size -> size < 0 ? "any" : size.toString())
                                        .collect(Collectors.joining(" × "))))
                .toList();
    }

    private static List<ModelVersionPage.Check> checks(ModelCheck check) {
        List<ModelVersionPage.Check> found = new ArrayList<>();
        String runtime = check.onnxRuntime();
        found.add(new ModelVersionPage.Check(
                "Loaded as",
                check.platform() + (runtime == null ? "" : ", ONNX Runtime " + runtime) + ", in "
                        + HumaneNumber.text(check.loadMillis()) + " ms"));
        InferMicros latency = check.inferMicros();
        if (latency != null) {
            found.add(new ModelVersionPage.Check(
                    "Answered the sample in",
                    HumaneNumber.text(latency.p50() / 1000) + " ms mostly, 99 of 100 times within "
                            + HumaneNumber.text(latency.p99() / 1000) + " ms"));
        }
        difference(found, "Largest difference from the sample", check.maxAbsoluteDifference());
        difference(found, "Largest relative difference", check.maxRelativeDifference());
        return found;
    }

    private static void difference(List<ModelVersionPage.Check> found, String name, @Nullable Double difference) {
        if (difference != null) {
            found.add(new ModelVersionPage.Check(name, HumaneNumber.text(difference)));
        }
    }

    private static List<ModelVersionPage.FileRow> files(ModelAddress address, ModelVersion version) {
        List<ModelVersionPage.FileRow> rows = new ArrayList<>();
        version.publication().files().stream()
                .sorted(Comparator.comparing(PublishedFile::path))
                .forEach(file -> rows.add(new ModelVersionPage.FileRow(
                        file.path().value(),
                        version.isReady()
                                ? address.download(
                                        version.version(), file.path().value())
                                : null,
                        HumaneBytes.size(file.size()),
                        file.sha256())));
        if (version.isReady()) {
            rows.add(new ModelVersionPage.FileRow(MANIFEST, address.download(version.version(), MANIFEST), "", ""));
        }
        return rows;
    }

    private List<RunMaking.Fact> making(Caller caller, Provenance provenance) {
        List<RunMaking.Fact> facts = new ArrayList<>();
        OriginView.Place run = origins.run(caller, provenance.run());
        if (run != null) {
            facts.add(new RunMaking.Fact("Run", run.name(), "", run.address()));
        }
        ModelNotebook notebook = provenance.notebook();
        if (notebook != null) {
            facts.add(new RunMaking.Fact(
                    "Notebook", notebook.path(), "code " + notebook.sha256().substring(0, SHORT_HASH), null));
        }
        for (ModelDataset dataset : provenance.datasets()) {
            facts.add(dataset(dataset));
        }
        add(facts, "Image", provenance.image());
        add(facts, "Registered from", provenance.source());
        return facts;
    }

    private static RunMaking.Fact dataset(ModelDataset dataset) {
        DatasetAddress address = new DatasetAddress(DatasetName.parse(dataset.name()));
        Long version = dataset.version();
        return version == null
                ? new RunMaking.Fact("Dataset", dataset.name(), "", address.page())
                : new RunMaking.Fact("Dataset", dataset.name(), "version " + version, address.version(version));
    }

    private static void add(List<RunMaking.Fact> facts, String name, @Nullable String value) {
        if (value != null) {
            facts.add(new RunMaking.Fact(name, value, "", null));
        }
    }

    /** The endpoints that the caller may see. */
    private List<ModelVersionPage.Use> uses(Caller caller, Found found) {
        ServedVersion served = new ServedVersion(
                found.model().name().value(), found.version().version().toString());
        return endpoints.list(caller).stream()
                .filter(endpoint -> endpoint.wanted().contains(served))
                .map(endpoint -> new ModelVersionPage.Use(
                        endpoint.name().value(), "/endpoints/" + endpoint.name(), role(endpoint, served)))
                .toList();
    }

    private static String role(Endpoint endpoint, ServedVersion served) {
        Traffic traffic = endpoint.traffic();
        int weight = traffic == null ? 0 : traffic.weight(served);
        if (weight > 0) {
            return "gets " + HumaneNumber.text(weight / 100.0) + " % of the requests";
        }
        return endpoint.shadow() != null && endpoint.shadow().version().equals(served)
                ? "is in the shadow"
                : "gets no requests now";
    }
}
