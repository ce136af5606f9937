package io.benchtop.cli.local;

import java.util.Objects;

/** The version in the jar's manifest. */
public final class Version {

    private Version() {}

    public static String current() {
        return Objects.requireNonNullElse(Version.class.getPackage().getImplementationVersion(), "development");
    }
}
