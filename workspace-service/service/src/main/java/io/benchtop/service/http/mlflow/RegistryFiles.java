package io.benchtop.service.http.mlflow;

import static java.util.Objects.requireNonNull;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.benchtop.service.dataset.FilePath;
import io.benchtop.service.identity.Caller;
import io.benchtop.service.model.ModelName;
import io.benchtop.service.model.Models;
import io.benchtop.service.model.Models.Found;
import io.benchtop.service.model.PublishedFile;
import io.benchtop.service.problem.ProblemException;
import io.benchtop.service.table.ReadableFile;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Files of versions of models as a folder among the artifacts, {@code registry/<name>/<number>/…}, from which clients load them. */
@Singleton
final class RegistryFiles {

    /** No experiment has this id. */
    static final String FOLDER = "registry/";

    private final Models models;

    RegistryFiles(Models models) {
        this.models = requireNonNull(models, "models is null");
    }

    static boolean holds(String path) {
        return path.startsWith(FOLDER);
    }

    ReadableFile open(Caller caller, String path) throws IOException {
        Place place = place(caller, path);
        if (place.below().isEmpty()) {
            throw ProblemException.notFound("artifact", path);
        }
        return models.file(place.found(), new FilePath(place.below()));
    }

    JsonArray list(Caller caller, String path) {
        Place place = place(caller, path);
        String folder = place.below().isEmpty() ? "" : place.below() + "/";
        Map<String, @Nullable Long> entries = new TreeMap<>();
        for (PublishedFile file : place.found().version().publication().files()) {
            String name = file.path().value();
            if (name.startsWith(folder)) {
                int slash = name.indexOf('/', folder.length());
                entries.put(
                        slash < 0 ? name.substring(folder.length()) : name.substring(folder.length(), slash),
                        slash < 0 ? file.size() : null);
            }
        }
        List<JsonObject> files = new ArrayList<>();
        entries.forEach((name, size) -> {
            JsonObject file = new JsonObject();
            file.addProperty("path", name);
            file.addProperty("is_dir", size == null);
            if (size != null) {
                file.addProperty("file_size", size);
            }
            files.add(file);
        });
        return TrackingJson.array(files, file -> file);
    }

    private record Place(Found found, String below) {}

    private Place place(Caller caller, String path) {
        String[] parts = path.split("/", 4);
        if (parts.length < 3 || !parts[2].matches("\\d{1,9}")) {
            throw ProblemException.notFound("artifact", path);
        }
        Found found = models.version(caller, new ModelName(parts[1]), Long.parseLong(parts[2]));
        return new Place(found, parts.length < 4 ? "" : parts[3]);
    }
}
