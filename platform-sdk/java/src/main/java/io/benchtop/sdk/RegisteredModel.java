package io.benchtop.sdk;

import io.benchtop.api.model.AliasRequest;
import io.benchtop.api.model.Model;
import io.benchtop.api.model.ModelVersionList;
import io.benchtop.sdk.error.BenchtopException;
import io.benchtop.sdk.model.ModelName;
import io.benchtop.sdk.rest.RestClient;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A model as it was when it was asked for: a name, versions, and which of them each alias means. Threads may share it. */
public final class RegisteredModel implements Shown {

    private final RestClient rest;
    private final Model told;

    RegisteredModel(RestClient rest, Model told) {
        this.rest = rest;
        this.told = told;
    }

    /** Unique, whatever its case. */
    public String name() {
        return told.name();
    }

    /** Name of the user it belongs to. */
    public String owner() {
        return told.owner();
    }

    /** Free text. */
    public String description() {
        return told.description();
    }

    /** Names of users who may read it, {@code *} for everybody. */
    public List<String> readers() {
        return told.readers();
    }

    /** Names of users who may publish beside the owner. */
    public List<String> publishers() {
        return told.publishers();
    }

    /** Whether a second person approves a version before an alias may mean it. */
    public boolean approvalRequired() {
        return told.approvalRequired();
    }

    /** The version of each. */
    public Map<String, String> aliases() {
        return told.aliases();
    }

    /** The newest version that is ready; empty before the first. */
    public Optional<ModelVersion> latest() {
        return Optional.ofNullable(told.latest()).map(version -> new ModelVersion(rest, version));
    }

    /** All versions, newest first. */
    public List<ModelVersion> versions() {
        return rest.get(path() + "/versions", ModelVersionList.class).versions().stream()
                .map(version -> new ModelVersion(rest, version))
                .toList();
    }

    /**
     * One version, by its number such as {@code 0.0.2} or by an alias.
     *
     * @throws BenchtopException {@code not_found}
     */
    public ModelVersion version(String numberOrAlias) {
        var path = ModelName.path(name(), numberOrAlias);
        return new ModelVersion(rest, rest.get(path, io.benchtop.api.model.ModelVersion.class));
    }

    /**
     * Lets an alias mean a version, whatever it meant before.
     *
     * @return the model as it is now
     * @throws BenchtopException what the service says, as where the version is not ready or not approved
     */
    public RegisteredModel setAlias(String alias, ModelVersion version) {
        var asked = new AliasRequest(version.version());
        return new RegisteredModel(rest, rest.send("PUT", ModelName.aliasPath(name(), alias), asked, Model.class));
    }

    /** Lets an alias mean nothing any more; gives the model as it is now. */
    public RegisteredModel removeAlias(String alias) {
        rest.send("DELETE", ModelName.aliasPath(name(), alias), null);
        return now();
    }

    /**
     * Deletes the model with all its versions.
     *
     * @throws BenchtopException what the service says, as where an endpoint serves it
     */
    public void delete() {
        rest.send("DELETE", path(), null);
    }

    /** Asks for it anew. */
    public RegisteredModel now() {
        return new RegisteredModel(rest, rest.get(path(), Model.class));
    }

    private String path() {
        return ModelName.path(name());
    }

    @Override
    public Map<String, String> shown() {
        var table = Words.table("name", name());
        if (!description().isEmpty()) {
            table.put("description", description());
        }
        table.put("owner", owner());
        table.put("latest", latest().map(ModelVersion::version).orElse("none"));
        if (!aliases().isEmpty()) {
            table.put(
                    "aliases",
                    aliases().entrySet().stream()
                            .sorted(Map.Entry.comparingByKey())
                            .map(each -> each.getKey() + " is " + each.getValue())
                            .collect(Collectors.joining(", ")));
        }
        table.put("changed", Words.ofInstant(Instant.parse(told.changedAt())));
        return table;
    }

    @Override
    public String toString() {
        return Shown.inOneLine(this);
    }
}
