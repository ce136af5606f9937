package io.benchtop.service.http.api;

import static java.util.Objects.requireNonNull;

import io.benchtop.api.model.AliasRequest;
import io.benchtop.api.model.ChangeModelRequest;
import io.benchtop.api.model.CreateModelRequest;
import io.benchtop.api.model.Model;
import io.benchtop.api.model.ModelList;
import io.benchtop.service.identity.Caller;
import io.benchtop.service.model.Alias;
import io.benchtop.service.model.ModelName;
import io.benchtop.service.model.Models;
import io.benchtop.service.model.SemanticVersion;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Patch;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Put;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.annotation.Status;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The registry of models: who may use which, and what their aliases point to. */
@Controller("/api/v1/models")
final class ModelController {

    private final Models models;
    private final ModelDescriptions descriptions;

    ModelController(Models models, ModelDescriptions descriptions) {
        this.models = requireNonNull(models, "models is null");
        this.descriptions = requireNonNull(descriptions, "descriptions is null");
    }

    @Get
    ModelList list(Caller caller, @QueryValue(defaultValue = "") String text) {
        return new ModelList(
                ModelDescriptions.all(models.search(caller, text), model -> descriptions.model(caller, model)));
    }

    @Post
    HttpResponse<Model> create(Caller caller, @Body CreateModelRequest request) {
        ModelName name = new ModelName(Required.field("name", request.name()));
        Model made = descriptions.model(
                caller,
                models.create(
                        caller,
                        new Models.Request(
                                name,
                                request.description() == null ? "" : request.description(),
                                set(request.readers()),
                                set(request.publishers()),
                                Boolean.TRUE.equals(request.approval()),
                                Map.of())));
        return HttpResponse.created(made, URI.create("/api/v1/models/" + name));
    }

    private static Set<String> set(@Nullable List<String> names) {
        return names == null ? Set.of() : Set.copyOf(names);
    }

    @Get("/{name}")
    Model get(Caller caller, String name) {
        return descriptions.model(caller, models.get(caller, new ModelName(name)));
    }

    @Patch("/{name}")
    Model change(Caller caller, String name, @Body ChangeModelRequest request) {
        return descriptions.model(
                caller,
                models.change(
                        caller,
                        new ModelName(name),
                        request.description(),
                        request.readers() == null ? null : Set.copyOf(request.readers()),
                        request.publishers() == null ? null : Set.copyOf(request.publishers()),
                        request.approval()));
    }

    @Delete("/{name}")
    @Status(HttpStatus.NO_CONTENT)
    void delete(Caller caller, String name) {
        models.remove(caller, new ModelName(name));
    }

    @Put("/{name}/aliases/{alias}")
    Model point(Caller caller, String name, String alias, @Body AliasRequest request) {
        return descriptions.model(
                caller,
                models.point(
                        caller,
                        new ModelName(name),
                        new Alias(alias),
                        SemanticVersion.parse(Required.field("version", request.version()))));
    }

    @Delete("/{name}/aliases/{alias}")
    @Status(HttpStatus.NO_CONTENT)
    void removeAlias(Caller caller, String name, String alias) {
        models.removeAlias(caller, new ModelName(name), new Alias(alias));
    }
}
