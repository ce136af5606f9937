package io.benchtop.service.http.page;

import io.benchtop.service.problem.ProblemException;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.server.types.files.StreamedFile;
import java.io.IOException;
import java.io.InputStream;

/**
 * How files that people and programs handed over reach a browser: never as what they say they are, because a page among them must
 * not act in the dashboard's name.
 */
final class UntrustedFile {

    private UntrustedFile() {}

    /** A file, opened when it is certain how it is answered. */
    interface Opening {

        Opened now() throws IOException;
    }

    /** @param size in bytes */
    record Opened(InputStream content, long size) {}

    /** To be kept under its own name. */
    static HttpResponse<StreamedFile> download(String path, Opening file) throws IOException {
        StreamedFile streamed = streamed(file, MediaType.APPLICATION_OCTET_STREAM_TYPE);
        return HttpResponse.ok(streamed.attach(path.substring(path.lastIndexOf('/') + 1)));
    }

    /** To be looked at and nothing else: whatever is in it, it is taken for a picture and runs and loads nothing. */
    static HttpResponse<StreamedFile> picture(String path, Opening file) throws IOException {
        MediaType type = ImageType.of(path).orElseThrow(() -> ProblemException.notFound("picture", path));
        return HttpResponse.ok(streamed(file, type)).header("Content-Security-Policy", "sandbox; default-src 'none'");
    }

    private static StreamedFile streamed(Opening file, MediaType type) throws IOException {
        Opened opened = file.now();
        return new StreamedFile(opened.content(), type, 0, opened.size());
    }
}
