package io.benchtop.service.http.page;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.model.ModelName;
import io.benchtop.service.model.SemanticVersion;
import io.benchtop.service.problem.ProblemException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Where the pages of a model are. */
record ModelAddress(ModelName name) {

    ModelAddress {
        requireNonNull(name, "name is null");
    }

    /** What cannot be a name is not there. */
    static ModelAddress of(String name) {
        try {
            return new ModelAddress(new ModelName(name));
        } catch (ProblemException _) {
            throw ProblemException.notFound("model", name);
        }
    }

    /** Of an address, likewise. */
    static SemanticVersion version(String text) {
        try {
            return SemanticVersion.parse(text);
        } catch (ProblemException _) {
            throw ProblemException.notFound("version", text);
        }
    }

    String page() {
        return "/models/" + name;
    }

    String version(SemanticVersion version) {
        return page() + "/" + version;
    }

    String download(SemanticVersion version, String path) {
        return version(version) + "/files/download?path=" + URLEncoder.encode(path, StandardCharsets.UTF_8);
    }
}
