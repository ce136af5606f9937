package io.benchtop.service.http.internal;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.dataset.FilePath;
import io.benchtop.service.model.Fetches;
import io.benchtop.service.model.ModelName;
import io.benchtop.service.model.ModelPlace;
import io.benchtop.service.model.SemanticVersion;
import io.benchtop.service.table.ReadableFile;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Header;
import io.micronaut.http.server.types.files.StreamedFile;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The files of versions, for pods that check or serve them. They do not know the internal key, but the token of their version. */
@Controller("/internal/model-files/{name}/{version}")
final class ModelFileController {

    private static final String BEARER = "Bearer ";

    private final Fetches fetches;

    ModelFileController(Fetches fetches) {
        this.fetches = requireNonNull(fetches, "fetches is null");
    }

    @Get(value = "/manifest.json", produces = MediaType.APPLICATION_JSON)
    byte[] manifest(String name, String version, @Header("Authorization") @Nullable String authorization) {
        return fetches.manifest(place(name, version), token(authorization));
    }

    @Get(value = "/files/{+path}", produces = MediaType.APPLICATION_OCTET_STREAM)
    HttpResponse<StreamedFile> file(
            String name, String version, String path, @Header("Authorization") @Nullable String authorization)
            throws IOException {
        ReadableFile file = fetches.file(place(name, version), token(authorization), new FilePath(path));
        return HttpResponse.ok(new StreamedFile(file.read(), MediaType.APPLICATION_OCTET_STREAM_TYPE, 0, file.size()));
    }

    private static ModelPlace place(String name, String version) {
        return new ModelPlace(new ModelName(name), SemanticVersion.parse(version));
    }

    private static String token(@Nullable String authorization) {
        return authorization != null && authorization.startsWith(BEARER)
                ? authorization.substring(BEARER.length())
                : "";
    }
}
