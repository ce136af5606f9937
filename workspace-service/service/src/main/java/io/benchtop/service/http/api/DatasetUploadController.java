package io.benchtop.service.http.api;

import static java.util.Objects.requireNonNull;

import io.benchtop.api.dataset.Upload;
import io.benchtop.api.dataset.UploadFile;
import io.benchtop.api.dataset.UploadRequest;
import io.benchtop.api.dataset.Version;
import io.benchtop.service.dataset.DatasetName;
import io.benchtop.service.dataset.FilePath;
import io.benchtop.service.dataset.UploadId;
import io.benchtop.service.dataset.Uploads;
import io.benchtop.service.identity.Caller;
import io.benchtop.service.problem.DiskFull;
import io.benchtop.service.problem.ErrorCode;
import io.benchtop.service.problem.ProblemException;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.ServerHttpRequest;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Put;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.annotation.Status;
import io.micronaut.http.body.CloseableByteBody;
import java.io.IOException;
import java.io.InputStream;

/** New versions of datasets, from files that come in pieces. */
@Controller("/api/v1/datasets/{space}/{name}/uploads")
final class DatasetUploadController {

    private final Uploads uploads;

    DatasetUploadController(Uploads uploads) {
        this.uploads = requireNonNull(uploads, "uploads is null");
    }

    @Post
    HttpResponse<Upload> begin(Caller caller, String space, String name, @Body UploadRequest request) {
        if (request.base() != null) {
            throw ProblemException.invalidField("base", "is not offered yet; upload all files of the new version");
        }
        return HttpResponse.created(DatasetDescriptions.upload(uploads.begin(
                caller,
                DatasetName.existing(space, name),
                request.note() == null ? "" : request.note(),
                DatasetController.origin(caller, request.run()))));
    }

    @Get("/{id}")
    Upload state(Caller caller, String space, String name, String id) throws IOException {
        return DatasetDescriptions.upload(uploads.state(caller, DatasetName.existing(space, name), new UploadId(id)));
    }

    @Put("/{id}/files/{+path}")
    @Consumes(MediaType.ALL)
    UploadFile put(
            Caller caller,
            String space,
            String name,
            String id,
            String path,
            @QueryValue(defaultValue = "0") long offset,
            ServerHttpRequest<?> request)
            throws IOException {
        try (CloseableByteBody body = request.byteBody().move();
                InputStream content = body.toInputStream()) {
            FilePath file = new FilePath(path);
            long size = uploads.put(caller, DatasetName.existing(space, name), new UploadId(id), file, offset, content);
            return new UploadFile(file.value(), size);
        } catch (IOException e) {
            if (DiskFull.isReasonOf(e)) {
                throw ProblemException.of(
                        ErrorCode.DISK_FULL,
                        "\"" + path
                                + "\" was not kept whole: the disk for datasets is full. Ask an administrator for more"
                                + " space, then go on.");
            }
            throw e;
        }
    }

    @Post("/{id}:commit")
    HttpResponse<Version> commit(Caller caller, String space, String name, String id) throws IOException {
        return HttpResponse.created(DatasetDescriptions.version(
                uploads.commit(caller, DatasetName.existing(space, name), new UploadId(id))));
    }

    @Delete("/{id}")
    @Status(HttpStatus.NO_CONTENT)
    void abort(Caller caller, String space, String name, String id) throws IOException {
        uploads.abort(caller, DatasetName.existing(space, name), new UploadId(id));
    }
}
