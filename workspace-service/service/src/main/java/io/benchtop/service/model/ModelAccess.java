package io.benchtop.service.model;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.identity.Caller;
import io.benchtop.service.identity.Role;
import io.benchtop.service.problem.ErrorCode;
import io.benchtop.service.problem.ProblemException;

/**
 * Finds a model for somebody. What one may not read is not there (S14). Readers read, publishers publish, give aliases and review,
 * the owner alone shares and deletes; an administrator may all of that.
 */
final class ModelAccess {

    private final ModelRepository models;

    ModelAccess(ModelRepository models) {
        this.models = requireNonNull(models, "models is null");
    }

    RegisteredModel readable(Caller caller, ModelName name) {
        return models.find(name)
                .filter(found -> found.isReader(caller.user()) || caller.administers())
                .orElseThrow(() -> ProblemException.notFound("model", name.value()));
    }

    RegisteredModel publishable(Caller caller, ModelName name) {
        caller.require(Role.DEVELOPER);
        RegisteredModel found = readable(caller, name);
        if (!mayPublish(caller, found)) {
            throw refusal(found, "publishes its versions with those whom " + found.owner() + " lists as publishers");
        }
        return found;
    }

    RegisteredModel owned(Caller caller, ModelName name) {
        caller.require(Role.DEVELOPER);
        RegisteredModel found = readable(caller, name);
        if (!caller.is(found.owner()) && !caller.administers()) {
            throw refusal(found, "alone changes and deletes it");
        }
        return found;
    }

    static boolean mayPublish(Caller caller, RegisteredModel model) {
        return model.isPublisher(caller.user()) || caller.administers();
    }

    private static ProblemException refusal(RegisteredModel model, String what) {
        return ProblemException.of(
                ErrorCode.FORBIDDEN,
                "The model \"" + model.name() + "\" is " + model.owner() + "'s, who " + what + ". Ask " + model.owner()
                        + ", or publish under a name of your own.");
    }

    ModelVersion version(RegisteredModel model, SemanticVersion version) {
        return models.version(model.id(), version)
                .orElseThrow(() -> ProblemException.notFound("version", model.name() + " " + version));
    }

    ModelVersion version(RegisteredModel model, long number) {
        return models.version(model.id(), number)
                .orElseThrow(() -> ProblemException.notFound("version", model.name() + " " + number));
    }

    ModelVersion version(RegisteredModel model, Alias alias) {
        Long number = model.aliases().get(alias);
        if (number == null) {
            throw ProblemException.notFound("alias", model.name() + "@" + alias);
        }
        return version(model, number);
    }
}
