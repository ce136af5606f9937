package io.benchtop.sdk;

import io.benchtop.api.dataset.CreateDatasetRequest;
import io.benchtop.api.dataset.DatasetList;
import io.benchtop.api.dataset.UploadRequest;
import io.benchtop.api.identity.Me;
import io.benchtop.api.workspace.KeepAliveRequest;
import io.benchtop.sdk.data.DatasetName;
import io.benchtop.sdk.data.UploadSession;
import io.benchtop.sdk.error.BenchtopException;
import io.benchtop.sdk.model.Publication;
import io.benchtop.sdk.rest.RestClient;
import io.benchtop.sdk.serving.Rollout;
import io.benchtop.sdk.tracking.Input;
import io.benchtop.sdk.tracking.Run;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A connection to one Benchtop, as one person. Nothing is asked of the service before the first call; threads may share it.
 *
 * <p>Every failure is a {@link BenchtopException}.
 */
public final class BenchtopClient {

    private final RestClient rest;
    private final RestClient runs;
    private final Supplier<String> ownWorkspace;
    private final Models models;
    private final Endpoints endpoints;

    BenchtopClient(RestClient rest, RestClient runs, Supplier<String> ownWorkspace) {
        this.rest = rest;
        this.runs = runs;
        this.ownWorkspace = ownWorkspace;
        this.models = new Models(rest);
        this.endpoints = new Endpoints(rest);
    }

    /**
     * Tells who the service takes this program for.
     *
     * @throws BenchtopException {@code not_in_workspace} outside a workspace, {@code service_unreachable}, or what the service
     *     answers, such as {@code unauthenticated}
     */
    public User whoami() {
        var user = rest.get("/api/v1/me", Me.class).user();
        return new User(user.name(), user.displayName(), user.role());
    }

    /**
     * Tells which workspace this program runs in, as the service knows it at this moment.
     *
     * @throws BenchtopException as {@link #whoami}
     */
    public Workspace workspace() {
        return new Workspace(told(ownWorkspace.get()), this);
    }

    /**
     * Keeps the workspace this program runs in running, even when it looks idle. A later call replaces an earlier one.
     *
     * @param duration from now on: {@code 90s}, {@code 30m}, {@code 2h}, {@code 1d}, {@code 1h30m} or ISO-8601 ({@code PT2H})
     * @param reason why, for whoever looks after the machine; not empty
     * @throws BenchtopException {@code bad_duration} or {@code reason_missing} before anything is sent, the service's own refusal
     *     ({@code keep_alive_too_long}), or as {@link #whoami}
     */
    public KeepAlive keepAlive(String duration, String reason) {
        return keepAlive(DurationText.parse(duration), reason);
    }

    /** As {@link #keepAlive(String, String)}, with a duration of whole seconds. */
    public KeepAlive keepAlive(Duration duration, String reason) {
        var body = request(duration, reason);
        return send(ownWorkspace.get(), body);
    }

    /**
     * Lists the datasets that the caller may read, by name.
     *
     * @param search a text that name, description or tags have; all if empty
     * @throws BenchtopException as {@link #whoami}
     */
    public List<Dataset> datasets(String search) {
        var query = search.isEmpty()
                ? ""
                : "?search=" + URLEncoder.encode(search, StandardCharsets.UTF_8).replace("+", "%20");
        return rest.get("/api/v1/datasets" + query, DatasetList.class).datasets().stream()
                .map(told -> new Dataset(rest, told))
                .toList();
    }

    /**
     * Finds a dataset by its name, two words with a slash, such as {@code sales/orders}.
     *
     * @throws BenchtopException {@code bad_name}, {@code not_found} (also for one that may not be read), or as {@link #whoami}
     */
    public Dataset dataset(String name) {
        return new Dataset(
                rest,
                rest.get(DatasetName.path(name), io.benchtop.api.dataset.Dataset.class)
                        .summary());
    }

    /**
     * Makes a dataset without a version.
     *
     * @param readers names of users who may read it, {@code *} alone for everybody; the owner alone if empty
     * @throws BenchtopException {@code bad_name}, {@code already_exists}, or as {@link #whoami}
     */
    public Dataset createDataset(String name, String description, List<String> readers) {
        DatasetName.path(name);
        var asked = new CreateDatasetRequest(
                name, description.isEmpty() ? null : description, null, readers.isEmpty() ? null : readers, null);
        var made = rest.send("POST", "/api/v1/datasets", asked, io.benchtop.api.dataset.Dataset.class);
        return new Dataset(rest, made.summary());
    }

    /**
     * Writes a new version of a managed dataset, which is made where it is not there yet; see {@link DatasetWriter}.
     *
     * @param note why this version is made; may be empty
     * @throws BenchtopException {@code bad_name}, {@code forbidden}, or as {@link #whoami}
     */
    public DatasetWriter writeDataset(String name, String note) {
        var asked = new UploadRequest(note.isEmpty() ? null : note, null, null);
        try {
            return new DatasetWriter(UploadSession.begin(rest, name, asked));
        } catch (BenchtopException refused) {
            if (!refused.code().equals("not_found")) {
                throw refused;
            }
            createDataset(name, "", List.of());
            return new DatasetWriter(UploadSession.begin(rest, name, asked));
        }
    }

    /**
     * Begins a run of an experiment, which is made where it is not there yet. Returns at once, and nothing about tracking is ever
     * thrown; see {@link Run}.
     *
     * @param inputs datasets that it reads, at their {@link Dataset#version}
     */
    public Run run(String experiment, Dataset... inputs) {
        var read = Arrays.stream(inputs)
                .map(dataset -> new Input(
                        dataset.name(),
                        dataset.version().number(),
                        dataset.version().digest()))
                .toList();
        return Run.begin(runs, experiment, read, Clock.systemUTC());
    }

    /** Does work in a run: an exception ends it as FAILED and goes on its way. */
    public <E extends Exception> void run(String experiment, Run.Work<E> work, Dataset... inputs) throws E {
        run(experiment, inputs).around(work);
    }

    /**
     * Publishes a version of a model, which is made where it is not there yet, and waits until the service has tried it.
     *
     * <p>The notebook, its code and the image are told by themselves.
     *
     * @param inputs datasets that it was made from, at their {@link Dataset#version}
     * @return the version, {@code READY}
     * @throws BenchtopException before anything is sent {@code sample_missing}, {@code bad_version} and {@code bad_tensor}; then
     *     {@code upload_interrupted}, the code and sentence of the check where it was refused, {@code still_checking}, or as
     *     {@link #whoami}
     */
    public ModelVersion publish(Publication publication, Dataset... inputs) {
        return models.publish(publication, inputs);
    }

    /**
     * Lists the models that the caller may read, by name.
     *
     * @param text that name or description have; all if empty
     * @throws BenchtopException as {@link #whoami}
     */
    public List<RegisteredModel> models(String text) {
        return models.search(text);
    }

    /**
     * Finds a model by its name.
     *
     * @throws BenchtopException {@code bad_name}, {@code not_found} (also for one that may not be read), or as {@link #whoami}
     */
    public RegisteredModel model(String name) {
        return models.get(name);
    }

    /**
     * Lets a version answer all requests at an endpoint, which is made where it is not there yet, as soon as it can.
     *
     * @return the endpoint as it is at this moment; {@link Endpoint#await} waits until it serves
     * @throws BenchtopException {@code bad_name}, what the service says, or as {@link #whoami}
     */
    public Endpoint promote(ModelVersion version, String endpoint) {
        return promote(version, endpoint, Rollout.allAtOnce());
    }

    /**
     * Lets a version answer at an endpoint: step by step, beside others, or in the shadow.
     *
     * @throws BenchtopException as {@link #promote(ModelVersion, String)}
     */
    public Endpoint promote(ModelVersion version, String endpoint, Rollout rollout) {
        return endpoints.promote(version, endpoint, rollout, Optional.empty());
    }

    /**
     * The same on other hardware, which the endpoint runs on from now on with all its versions.
     *
     * @param hardware by the name that an administrator gave it; {@code default} at first
     * @throws BenchtopException {@code invalid_request} for what is not offered, or as {@link #promote(ModelVersion, String)}
     */
    public Endpoint promote(ModelVersion version, String endpoint, Rollout rollout, String hardware) {
        return endpoints.promote(version, endpoint, rollout, Optional.of(hardware));
    }

    /**
     * Lists the endpoints that the caller may see, by name.
     *
     * @throws BenchtopException as {@link #whoami}
     */
    public List<Endpoint> endpoints() {
        return endpoints.all();
    }

    /**
     * Finds an endpoint by its name.
     *
     * @throws BenchtopException {@code bad_name}, {@code not_found} (also for one that may not be seen), or as {@link #whoami}
     */
    public Endpoint endpoint(String name) {
        return endpoints.get(name);
    }

    KeepAlive keepAlive(String workspace, Duration duration, String reason) {
        return send(workspace, request(duration, reason));
    }

    private static KeepAliveRequest request(Duration duration, String reason) {
        var asked = DurationText.toIso(duration);
        if (reason == null || reason.isBlank()) {
            throw new BenchtopException(
                    "reason_missing",
                    "Give a reason, such as keepAlive(\"2h\", \"training overnight\"): others will see it.");
        }
        return new KeepAliveRequest(asked, reason.strip());
    }

    private KeepAlive send(String workspace, KeepAliveRequest body) {
        var answer =
                rest.send("POST", path(workspace) + ":keep-alive", body, io.benchtop.api.workspace.KeepAlive.class);
        return new KeepAlive(Instant.parse(answer.until()), answer.reason());
    }

    Resources resourcesOf(String workspace) {
        var told = told(workspace);
        var given = told.resources();
        return new Resources(
                Optional.ofNullable(given.cpus()),
                Optional.ofNullable(given.memoryBytes()),
                Optional.ofNullable(told.memoryBytes()),
                Optional.ofNullable(given.processes()),
                Optional.ofNullable(told.limits()).map(io.benchtop.api.workspace.AppliedLimits::memory));
    }

    private io.benchtop.api.workspace.Workspace told(String workspace) {
        return rest.get(path(workspace), io.benchtop.api.workspace.Workspace.class);
    }

    private static String path(String workspace) {
        return "/api/v1/workspaces/" + workspace;
    }
}
