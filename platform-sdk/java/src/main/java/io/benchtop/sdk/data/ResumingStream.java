package io.benchtop.sdk.data;

import io.benchtop.api.dataset.PlanFile;
import io.benchtop.sdk.error.BenchtopException;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import org.jspecify.annotations.Nullable;

/**
 * A file of a plan, from its beginning to its end. What breaks is asked for anew from where it broke; five tries without a byte of
 * progress are the end. An address that has expired is renewed. Skipping fetches nothing. One thread at a time.
 */
final class ResumingStream extends InputStream {

    private static final int TRIES = 5;

    private final Reading reading;
    private PlanFile file;
    private long at;
    private @Nullable InputStream body;
    private int failures;
    private boolean renewed;
    private boolean closed;

    ResumingStream(Reading reading, PlanFile file) {
        this.reading = reading;
        this.file = file;
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (closed) {
            throw new IOException("read of a closed stream");
        }
        if (length == 0) {
            return 0;
        }
        while (at < file.size()) {
            var broke = "the connection ended early";
            try {
                var source = opened();
                int count = source == null ? 0 : source.read(target, offset, (int) Math.min(length, file.size() - at));
                if (count > 0) {
                    at += count;
                    failures = 0;
                    renewed = false;
                    return count;
                }
            } catch (IOException e) {
                broke = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            }
            letGo();
            failed(broke);
        }
        return -1;
    }

    private @Nullable InputStream opened() throws IOException {
        if (body != null) {
            return body;
        }
        var answer = reading.range(file, at);
        int status = answer.statusCode();
        if (status == 206 || (status == 200 && at == 0)) {
            check(answer);
            body = answer.body();
            return body;
        }
        if (!file.url().startsWith("/") && !renewed && status >= 400 && status < 500) {
            answer.body().close();
            renewed = true;
            file = reading.renewed(file);
            return opened();
        }
        if ((status < 500 && status != 429) || failures == TRIES - 1) {
            throw reading.refusal(file, answer);
        }
        answer.body().close();
        return null;
    }

    private void check(HttpResponse<InputStream> answer) throws IOException {
        var range = answer.headers().firstValue("Content-Range").orElse("");
        var total = range.substring(range.lastIndexOf('/') + 1);
        if (answer.statusCode() == 206 && !total.equals("*") && !total.equals(Long.toString(file.size()))) {
            answer.body().close();
            throw new BenchtopException(
                    "version_changed",
                    file.path() + " has " + total + " bytes now and had " + file.size()
                            + " when the version was made: the source was changed. Open the dataset anew.");
        }
    }

    private void failed(String why) {
        failures++;
        if (failures == TRIES) {
            throw new BenchtopException(
                    "read_interrupted",
                    file.path() + " broke off at byte " + at + " of " + file.size()
                            + " and could not be taken up again (" + why + "). Try again in a moment.");
        }
        reading.pause(failures);
    }

    @Override
    public long skip(long count) throws IOException {
        var skipped = Math.max(0, Math.min(count, file.size() - at));
        if (skipped > 0) {
            letGo();
            at += skipped;
        }
        return skipped;
    }

    private void letGo() throws IOException {
        var ended = body;
        body = null;
        if (ended != null) {
            ended.close();
        }
    }

    @Override
    public void close() throws IOException {
        closed = true;
        letGo();
    }
}
