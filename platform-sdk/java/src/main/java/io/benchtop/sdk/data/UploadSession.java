package io.benchtop.sdk.data;

import io.benchtop.api.dataset.Upload;
import io.benchtop.api.dataset.UploadFile;
import io.benchtop.api.dataset.UploadRequest;
import io.benchtop.api.dataset.Version;
import io.benchtop.sdk.error.BenchtopException;
import io.benchtop.sdk.rest.Json;
import io.benchtop.sdk.rest.RestClient;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Supplier;

/** An upload of one dataset. A piece whose connection broke is taken up where the service says it is. One thread at a time. */
public final class UploadSession {

    private static final int TRIES = 5;
    private static final int COMMITS = 3;

    private final RestClient rest;
    private final String path;

    private UploadSession(RestClient rest, String path) {
        this.rest = rest;
        this.path = path;
    }

    /** Begins one; refused as the service says. */
    public static UploadSession begin(RestClient rest, String dataset, UploadRequest asked) {
        var uploads = DatasetName.path(dataset) + "/uploads";
        return new UploadSession(
                rest,
                uploads + "/" + rest.send("POST", uploads, asked, Upload.class).id());
    }

    /** Puts a piece at an offset; may be repeated. */
    void put(String file, long offset, byte[] piece, int length) {
        int done = 0;
        for (int failures = 1; ; failures++) {
            var why = tried(file, offset + done, piece, done, length);
            if (why.isEmpty()) {
                return;
            }
            if (failures == TRIES) {
                throw interrupted(file, why);
            }
            rest.pause(failures);
            var arrived = arrived(file, why) - offset;
            if (arrived < 0 || arrived > length) {
                throw interrupted(file, (offset + arrived) + " bytes arrived, " + offset + " were sent before");
            }
            done = (int) arrived;
            if (done == length && done > 0) {
                return;
            }
        }
    }

    /** Empty when the piece arrived, else why it did not. */
    private String tried(String file, long at, byte[] piece, int done, int length) {
        try {
            var answer = exchange(
                    "PUT",
                    "/files/" + encoded(file) + "?offset=" + at,
                    "application/octet-stream",
                    () -> BodyPublishers.ofByteArray(piece, done, length - done));
            if (answer.statusCode() < 300) {
                answer.body().close();
                return "";
            }
            var refusal = rest.refusal(answer, file);
            if (answer.statusCode() < 500 && !refusal.code().equals("wrong_offset")) {
                throw refusal;
            }
            return refusal.detail();
        } catch (IOException e) {
            return reason(e);
        }
    }

    private long arrived(String file, String why) {
        try {
            var answer = exchange("GET", "", "application/json", BodyPublishers::noBody);
            if (answer.statusCode() >= 300) {
                throw rest.refusal(answer, file);
            }
            return Json.read(text(answer), Upload.class, file).files().stream()
                    .filter(known -> known.path().equals(file))
                    .mapToLong(UploadFile::size)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            throw interrupted(file, why);
        }
    }

    /** Makes the version; asked again where no answer came, since repeating it gives the same version. */
    public Version commit() {
        for (int tries = 1; ; tries++) {
            try {
                var answer = exchange("POST", ":commit", "application/json", () -> BodyPublishers.ofString("{}"));
                if (answer.statusCode() < 300) {
                    return Json.read(text(answer), Version.class, "commit");
                }
                if (answer.statusCode() != 503 || tries == COMMITS) {
                    throw rest.refusal(answer, "commit");
                }
                answer.body().close();
            } catch (IOException e) {
                if (tries == COMMITS) {
                    throw rest.unreachable(e);
                }
            }
            rest.pause(tries);
        }
    }

    /** Throws it away; if that fails too, the service does when it expires. */
    public void abort() {
        try {
            exchange("DELETE", "", "application/json", BodyPublishers::noBody)
                    .body()
                    .close();
        } catch (IOException | BenchtopException e) {
            return;
        }
    }

    private HttpResponse<InputStream> exchange(String method, String rest, String type, Supplier<BodyPublisher> body)
            throws IOException {
        return this.rest.exchange(method, path + rest, Map.of("Content-Type", type), body);
    }

    private static String text(HttpResponse<InputStream> answer) throws IOException {
        try (var body = answer.body()) {
            return new String(body.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String encoded(String file) {
        return URLEncoder.encode(file, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("%2F", "/")
                .replace("%3D", "=");
    }

    private static BenchtopException interrupted(String file, String why) {
        return new BenchtopException(
                "upload_interrupted", file + " could not be sent (" + why + "). Nothing was written; try again.");
    }

    private static String reason(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
