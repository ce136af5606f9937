package io.benchtop.service.http.api;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.dataset.DatasetName;
import io.benchtop.service.dataset.FilePath;
import io.benchtop.service.dataset.Reads;
import io.benchtop.service.identity.Caller;
import io.benchtop.service.table.ReadableFile;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Header;
import io.micronaut.http.server.types.files.StreamedFile;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The bytes and the rows of datasets, streamed. */
@Controller("/api/v1/datasets/{space}/{name}")
final class DatasetFileController {

    private static final MediaType ARROW = MediaType.of("application/vnd.apache.arrow.stream");

    private final Reads reads;

    DatasetFileController(Reads reads) {
        this.reads = requireNonNull(reads, "reads is null");
    }

    /** Never as what it says it is: a page that somebody uploaded must not act in the dashboard's name. */
    @Get(value = "/versions/{number}/files/{+path}", produces = MediaType.APPLICATION_OCTET_STREAM)
    HttpResponse<?> file(
            Caller caller, String space, String name, long number, String path, @Header("Range") @Nullable String range)
            throws IOException {
        Reads.Content found = reads.file(caller, DatasetName.existing(space, name), number, new FilePath(path));
        ReadableFile content = found.content();
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
                .header("ETag", "\"" + etag(found) + "\"")
                .header("X-Content-Type-Options", "nosniff");
        if (wanted.length() < content.size()) {
            response.status(HttpStatus.PARTIAL_CONTENT).header("Content-Range", wanted.header(content.size()));
        }
        return response;
    }

    private static String etag(Reads.Content found) {
        String hash = found.file().sha256();
        return hash == null ? String.valueOf(found.file().state()).replace("\"", "") : hash;
    }

    @Get(value = "/reads/{read}/arrow", produces = "application/vnd.apache.arrow.stream")
    StreamedFile rows(Caller caller, String space, String name, String read) throws IOException {
        return new StreamedFile(reads.rows(caller, DatasetName.existing(space, name), read), ARROW);
    }
}
