package io.benchtop.cli.models;

import io.benchtop.cli.connection.PathSegment;
import io.benchtop.cli.support.CommandFailure;
import io.benchtop.cli.support.ExitCode;
import java.util.Optional;

/**
 * A model, or one of its versions, as a person types it: {@code risk}, {@code risk@1.2.3} or {@code risk@production}.
 *
 * @param version a version or an alias
 */
public record ModelReference(String name, Optional<String> version) {

    static final String PATH = "/api/v1/models";

    public static ModelReference parse(String typed) {
        var at = typed.indexOf('@');
        var name = at < 0 ? typed : typed.substring(0, at);
        var version = at < 0 ? Optional.<String>empty() : Optional.of(typed.substring(at + 1));
        if (name.isBlank() || version.filter(String::isBlank).isPresent()) {
            throw new CommandFailure(
                    "'" + typed + "' is no model; it is like risk, or risk@1.2.3 for one version.", ExitCode.USAGE);
        }
        return new ModelReference(name, version);
    }

    /** The version where there must be one. */
    public String someVersion() {
        return version.orElseThrow(() -> new CommandFailure(
                "Say which version of " + name + ", such as " + name + "@1.2.3; `benchtop models versions` lists them.",
                ExitCode.USAGE));
    }

    String path() {
        return PATH + "/" + PathSegment.of(name);
    }

    String versionPath() {
        return versionPath(someVersion());
    }

    String versionPath(String chosen) {
        return path() + "/versions/" + PathSegment.of(chosen);
    }

    @Override
    public String toString() {
        return name + version.map(it -> "@" + it).orElse("");
    }
}
