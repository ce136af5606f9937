package io.benchtop.service.wiring;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.endpoint.EndpointRepository;
import io.benchtop.service.endpoint.Servable;
import io.benchtop.service.endpoint.ServedVersion;
import io.benchtop.service.endpoint.local.VersionFolders;
import io.benchtop.service.identity.Caller;
import io.benchtop.service.model.ModelName;
import io.benchtop.service.model.ModelPlace;
import io.benchtop.service.model.ModelRepository;
import io.benchtop.service.model.ModelStore;
import io.benchtop.service.model.ModelVersion;
import io.benchtop.service.model.Models;
import io.benchtop.service.model.SemanticVersion;
import io.benchtop.service.problem.ErrorCode;
import io.benchtop.service.problem.ProblemException;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The registry as endpoints see it: which version may be promoted, and where its files are on this machine. */
@Singleton
final class Registry implements Servable, VersionFolders, AutoCloseable {

    private final Models models;
    private final ModelRepository repository;
    private final ModelStore store;
    /** Kept open: the files of a version that is served must stay. */
    private final Map<ServedVersion, ModelStore.LocalFiles> opened = new ConcurrentHashMap<>();

    Registry(Models models, ModelRepository repository, ModelStore store) {
        this.models = requireNonNull(models, "models is null");
        this.repository = requireNonNull(repository, "repository is null");
        this.store = requireNonNull(store, "store is null");
    }

    @Override
    public ServedVersion promotable(Caller caller, String model, String version) {
        repository.find(new ModelName(model)).ifPresent(known -> repository.lock(known.id()));
        Models.Found found = models.version(caller, new ModelName(model), version);
        Models.requirePromotable(found.model(), found.version());
        if (!found.version().isServable()) {
            throw ProblemException.of(
                    ErrorCode.CONFLICT,
                    "Version " + found.version().version() + " of \""
                            + found.model().name()
                            + "\" can only be loaded by Python, so it cannot be served. Publish it with bt.publish(model, \""
                            + found.model().name() + "\", sample=...), which makes ONNX of it.");
        }
        return new ServedVersion(
                found.model().name().value(), found.version().version().toString());
    }

    @Override
    public Path folder(ServedVersion version) throws IOException {
        ModelStore.LocalFiles known = opened.get(version);
        if (known == null) {
            known = open(version);
            opened.put(version, known);
        }
        return known.folder();
    }

    private ModelStore.LocalFiles open(ServedVersion served) throws IOException {
        ModelName name = new ModelName(served.model());
        SemanticVersion number = SemanticVersion.parse(served.version());
        ModelVersion version = repository
                .find(name)
                .flatMap(model -> repository.version(model.id(), number))
                .filter(ModelVersion::isReady)
                .orElseThrow(() -> new IOException("there is no version " + served + " any more"));
        return store.open(new ModelPlace(name, number), version.publication().files());
    }

    @Override
    public void close() throws IOException {
        for (ModelStore.LocalFiles files : opened.values()) {
            files.close();
        }
    }

    /** Endpoints that need a version of a model, in words. */
    static List<String> uses(EndpointRepository endpoints, ServedVersion version) {
        return endpoints.list().stream()
                .filter(endpoint -> endpoint.wanted().contains(version))
                .map(endpoint -> "the endpoint \"" + endpoint.name() + "\"")
                .toList();
    }
}
