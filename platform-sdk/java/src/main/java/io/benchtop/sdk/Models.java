package io.benchtop.sdk;

import io.benchtop.api.model.Model;
import io.benchtop.api.model.ModelDataset;
import io.benchtop.api.model.ModelList;
import io.benchtop.sdk.model.ModelName;
import io.benchtop.sdk.model.ModelUpload;
import io.benchtop.sdk.model.Publication;
import io.benchtop.sdk.rest.RestClient;
import io.benchtop.sdk.tracking.RunContext;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** The registry of models, as {@link BenchtopClient} shows it. */
final class Models {

    private final RestClient rest;

    Models(RestClient rest) {
        this.rest = rest;
    }

    ModelVersion publish(Publication publication, Dataset... inputs) {
        var datasets = Arrays.stream(inputs)
                .map(dataset ->
                        new ModelDataset(dataset.name(), dataset.version().number()))
                .toList();
        var context = new RunContext(System.getenv());
        var origin = new Publication.Origin(datasets, context.notebookCode(), context.image());
        return new ModelVersion(rest, new ModelUpload(rest).send(publication, origin)).await();
    }

    List<RegisteredModel> search(String text) {
        var query = text.isEmpty()
                ? ""
                : "?text=" + URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
        return rest.get("/api/v1/models" + query, ModelList.class).models().stream()
                .map(told -> new RegisteredModel(rest, told))
                .toList();
    }

    RegisteredModel get(String name) {
        return new RegisteredModel(rest, rest.get(ModelName.path(name), Model.class));
    }
}
