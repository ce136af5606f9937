package io.benchtop.service.endpoint.local;

import io.benchtop.service.endpoint.ServedVersion;
import java.io.IOException;
import java.nio.file.Path;

/** Finds the files of a model version on this machine. */
@FunctionalInterface
public interface VersionFolders {

    /** @throws IOException if they are not there or cannot be brought here, with a sentence */
    Path folder(ServedVersion version) throws IOException;
}
