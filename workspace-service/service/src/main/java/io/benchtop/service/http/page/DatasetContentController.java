package io.benchtop.service.http.page;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.dataset.FilePath;
import io.benchtop.service.dataset.Reads;
import io.benchtop.service.identity.Caller;
import io.benchtop.service.problem.ProblemException;
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

    /** Never as what it says it is: a page that somebody uploaded must not act in the dashboard's name. */
    @Get("/download")
    HttpResponse<StreamedFile> download(
            Caller caller, String space, String name, @QueryValue long version, @QueryValue String path)
            throws IOException {
        StreamedFile file = open(caller, space, name, version, path, MediaType.APPLICATION_OCTET_STREAM_TYPE);
        return HttpResponse.ok(file.attach(path.substring(path.lastIndexOf('/') + 1)));
    }

    /** To be looked at and nothing else: whatever is in it, it is taken for a picture and runs and loads nothing. */
    @Get("/image")
    HttpResponse<StreamedFile> image(
            Caller caller, String space, String name, @QueryValue long version, @QueryValue String path)
            throws IOException {
        MediaType type = ImageType.of(path).orElseThrow(() -> ProblemException.notFound("picture", path));
        return HttpResponse.ok(open(caller, space, name, version, path, type))
                .header("Content-Security-Policy", "sandbox; default-src 'none'");
    }

    private StreamedFile open(Caller caller, String space, String name, long version, String path, MediaType type)
            throws IOException {
        ReadableFile content = reads.file(caller, DatasetAddress.of(space, name).name(), version, new FilePath(path))
                .content();
        return new StreamedFile(content.read(), type, 0, content.size());
    }
}
