package io.benchtop.service.http.api;

import static java.util.Objects.requireNonNull;

import io.benchtop.api.model.ModelFileProgress;
import io.benchtop.service.dataset.FilePath;
import io.benchtop.service.identity.Caller;
import io.benchtop.service.model.ModelName;
import io.benchtop.service.model.Models;
import io.benchtop.service.model.Publishing;
import io.benchtop.service.model.SemanticVersion;
import io.benchtop.service.problem.DiskFull;
import io.benchtop.service.problem.ErrorCode;
import io.benchtop.service.problem.ProblemException;
import io.benchtop.service.table.ReadableFile;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.ServerHttpRequest;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Header;
import io.micronaut.http.annotation.Put;
import io.micronaut.http.body.CloseableByteBody;
import io.micronaut.http.server.types.files.StreamedFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The bytes of versions of models, streamed in both directions. */
@Controller("/api/v1/models/{name}/versions/{version}")
final class ModelFileController {

    private final Models models;
    private final Publishing publishing;

    ModelFileController(Models models, Publishing publishing) {
        this.models = requireNonNull(models, "models is null");
        this.publishing = requireNonNull(publishing, "publishing is null");
    }

    /** @param offset how much of the file is there already */
    @Put("/files/{+path}")
    @Consumes(MediaType.ALL)
    ModelFileProgress put(
            Caller caller,
            String name,
            String version,
            String path,
            @Header(value = "Upload-Offset", defaultValue = "0") long offset,
            ServerHttpRequest<?> request)
            throws IOException {
        try (CloseableByteBody body = request.byteBody().move();
                InputStream content = body.toInputStream()) {
            FilePath file = new FilePath(path);
            long size =
                    publishing.put(caller, new ModelName(name), SemanticVersion.parse(version), file, offset, content);
            return new ModelFileProgress(file.value(), size);
        } catch (IOException e) {
            if (DiskFull.isReasonOf(e)) {
                throw ProblemException.of(
                        ErrorCode.DISK_FULL,
                        "\"" + path
                                + "\" was not kept whole: the disk for models is full. Ask an administrator for more"
                                + " space, then go on.");
            }
            throw e;
        }
    }

    @Get(value = "/manifest.json", produces = MediaType.APPLICATION_JSON)
    String manifest(Caller caller, String name, String version) throws IOException {
        ReadableFile manifest = models.file(caller, new ModelName(name), version, new FilePath("manifest.json"));
        try (InputStream content = manifest.read()) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Never as what it says it is: a page that somebody published must not act in the dashboard's name. */
    @Get(value = "/files/{+path}", produces = MediaType.APPLICATION_OCTET_STREAM)
    HttpResponse<?> file(
            Caller caller, String name, String version, String path, @Header("Range") @Nullable String range)
            throws IOException {
        ReadableFile content = models.file(caller, new ModelName(name), version, new FilePath(path));
        ByteRange wanted = ByteRange.of(range, content.size());
        if (wanted.equals(ByteRange.NONE)) {
            return HttpResponse.status(HttpStatus.REQUESTED_RANGE_NOT_SATISFIABLE)
                    .header("Content-Range", "bytes */" + content.size());
        }
        StreamedFile stream = new StreamedFile(
                content.read(wanted.first(), wanted.length()),
                MediaType.APPLICATION_OCTET_STREAM_TYPE,
                0,
                wanted.length());
        MutableHttpResponse<StreamedFile> response = HttpResponse.ok(stream.attach("data"))
                .header("Accept-Ranges", "bytes")
                .header("X-Content-Type-Options", "nosniff");
        if (wanted.length() < content.size()) {
            response.status(HttpStatus.PARTIAL_CONTENT).header("Content-Range", wanted.header(content.size()));
        }
        return response;
    }
}
