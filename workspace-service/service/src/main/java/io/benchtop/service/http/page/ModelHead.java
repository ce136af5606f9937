package io.benchtop.service.http.page;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.model.RegisteredModel;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is said of a model, whichever version is looked at.
 *
 * @param mine whether the caller may share and delete it
 * @param publishes whether the caller may publish versions, give aliases and review
 * @param approval whether a second person has to approve versions
 */
record ModelHead(
        ModelAddress address,
        String description,
        String owner,
        boolean mine,
        boolean publishes,
        String readers,
        String publishers,
        boolean approval,
        Map<String, String> tags,
        HumaneTime changed) {

    ModelHead {
        requireNonNull(address, "address is null");
        tags = new TreeMap<>(tags);
    }

    static ModelHead of(RegisteredModel model, boolean mine, boolean publishes, Instant now) {
        return new ModelHead(
                new ModelAddress(model.name()),
                model.description(),
                model.owner().value(),
                mine,
                publishes,
                readers(model),
                publishers(model),
                model.approvalRequired(),
                model.tags(),
                HumaneTime.relative(model.changedAt(), now));
    }

    private static String readers(RegisteredModel model) {
        if (model.readers().contains(RegisteredModel.EVERYBODY)) {
            return "everybody";
        }
        return model.readers().isEmpty()
                ? "only who may publish it"
                : "who may publish it, " + String.join(", ", model.readers());
    }

    private static String publishers(RegisteredModel model) {
        return model.publishers().isEmpty()
                ? "only " + model.owner()
                : model.owner() + ", " + String.join(", ", model.publishers());
    }

    String name() {
        return address.name().value();
    }

    String page() {
        return address.page();
    }
}
