package io.benchtop.modelserver.engine;

import io.benchtop.modelserver.protocol.InferenceException;
import io.benchtop.modelserver.protocol.InferenceException.Reason;
import io.benchtop.modelserver.protocol.Quote;
import io.benchtop.modelserver.store.ModelException;
import io.benchtop.modelserver.store.VersionFolder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads and unloads what the source has. A name is loaded whole before it takes the place of what it served, so a
 * version that cannot be loaded changes nothing. One change at a time.
 */
public final class Repository {

    private static final Logger LOG = LoggerFactory.getLogger(Repository.class);

    private final ModelSource source;
    private final VersionLoader loader;
    private final ServedModels models;

    public Repository(ModelSource source, VersionLoader loader, ServedModels models) {
        this.source = source;
        this.loader = loader;
        this.models = models;
    }

    /** Loads all there is. What was asked for by name must load; of a repository, what does not is told and left out. */
    public void loadAll() throws IOException, ModelException {
        for (String name : source.names()) {
            models.announce(name);
        }
        for (String name : source.names()) {
            try {
                loadNow(name);
            } catch (ModelException e) {
                if (source.folders().containsKey(name)) {
                    throw e;
                }
                LOG.warn("not served model={}: {}", name, e.sentence());
            }
        }
    }

    /** Loads the name anew, from what its folders hold now. */
    public void load(String name) {
        try {
            if (!loadNow(name)) {
                throw new InferenceException(
                        Reason.UNKNOWN, "there is no model " + Quote.of(name) + " in the repository");
            }
        } catch (ModelException e) {
            throw InferenceException.invalid("model " + Quote.of(name) + " could not be loaded: " + e.sentence());
        }
    }

    private synchronized boolean loadNow(String name) throws ModelException {
        List<ServedVersion> loaded = new ArrayList<>();
        try {
            for (VersionFolder folder : source.versions(name)) {
                loaded.add(loader.load(name, folder));
            }
        } catch (ModelException e) {
            loaded.forEach(ServedVersion::release);
            models.refuse(name, e.sentence());
            throw e;
        }
        if (!loaded.isEmpty()) {
            models.replace(name, loaded);
        }
        return !loaded.isEmpty();
    }

    /** Serves the name no longer. */
    public synchronized void unload(String name) {
        if (models.versions(name).isEmpty()) {
            throw new InferenceException(Reason.UNKNOWN, "there is no model " + Quote.of(name));
        }
        models.replace(name, List.of());
    }

    /** Serves nothing any more. */
    public synchronized void close() {
        models.all().stream().map(ServedVersion::name).distinct().forEach(name -> models.replace(name, List.of()));
    }
}
