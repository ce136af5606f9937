package io.benchtop.modelserver.engine;

import io.benchtop.modelserver.store.ModelException;
import io.benchtop.modelserver.store.VersionFolder;

/** Loads the servable file of a folder. */
@FunctionalInterface
public interface ModelLoader {

    Model load(VersionFolder folder) throws ModelException;
}
