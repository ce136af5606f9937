package io.benchtop.service.http.page;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.dataset.FilePath;
import io.benchtop.service.dataset.Reads;
import io.benchtop.service.identity.Caller;
import io.benchtop.service.table.ReadableFile;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.server.types.files.StreamedFile;
import java.io.IOException;

/** The files of a dataset's versions, for browsers. */
@Controller("/datasets/{space}/{name}/files")
@Produces(MediaType.ALL)
final class DatasetContentController {

    private final Reads reads;

    DatasetContentController(Reads reads) {
        this.reads = requireNonNull(reads, "reads is null");
    }

    @Get("/download")
    HttpResponse<StreamedFile> download(
            Caller caller, String space, String name, @QueryValue long version, @QueryValue String path)
            throws IOException {
        return UntrustedFile.download(path, () -> open(caller, space, name, version, path));
    }

    @Get("/image")
    HttpResponse<StreamedFile> image(
            Caller caller, String space, String name, @QueryValue long version, @QueryValue String path)
            throws IOException {
        return UntrustedFile.picture(path, () -> open(caller, space, name, version, path));
    }

    private UntrustedFile.Opened open(Caller caller, String space, String name, long version, String path)
            throws IOException {
        ReadableFile content = reads.file(caller, DatasetAddress.of(space, name).name(), version, new FilePath(path))
                .content();
        return new UntrustedFile.Opened(content.read(), content.size());
    }
}
