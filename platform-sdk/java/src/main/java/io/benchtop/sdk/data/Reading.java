package io.benchtop.sdk.data;

import io.benchtop.api.dataset.OpenRequest;
import io.benchtop.api.dataset.Plan;
import io.benchtop.api.dataset.PlanFile;
import io.benchtop.sdk.error.BenchtopException;
import io.benchtop.sdk.rest.RestClient;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.jspecify.annotations.Nullable;

/** A version that has been opened: its rows as one Arrow stream, its files one by one. Threads may share it. */
public final class Reading {

    private static final int TRIES = 3;

    private final RestClient rest;
    private final OpenRequest asked;
    private final String path;
    private final Store store = new Store();
    private volatile Plan plan;

    private Reading(RestClient rest, String path, OpenRequest asked, Plan plan) {
        this.rest = rest;
        this.path = path;
        this.asked = asked;
        this.plan = plan;
    }

    /** Opens a version; refused as the service says. */
    public static Reading open(RestClient rest, String dataset, OpenRequest asked) {
        var path = DatasetName.path(dataset);
        return new Reading(rest, path, asked, rest.read(path + ":open", asked, Plan.class));
    }

    /** What the service said. */
    public Plan plan() {
        return plan;
    }

    /**
     * The rows. Read once, by one thread; closing it ends the request.
     *
     * @throws BenchtopException {@code no_rows} for files and images, or as the service refuses
     */
    public ArrowReader rows() {
        var arrow = plan.arrow();
        if (arrow == null) {
            throw new BenchtopException(
                    "no_rows",
                    plan.dataset() + " is made of " + plan.version().format()
                            + ", not of rows: use files() and open(path).");
        }
        return RowStream.over(stream(arrow).body(), plan.dataset());
    }

    private HttpResponse<InputStream> stream(String arrow) {
        var headers = Map.of("Accept", "application/vnd.apache.arrow.stream, application/problem+json");
        for (int tries = 1; ; tries++) {
            try {
                var answer = rest.exchange("GET", arrow, headers, BodyPublishers::noBody);
                if (answer.statusCode() == 200) {
                    return answer;
                }
                if (answer.statusCode() != 503 || tries == TRIES) {
                    throw rest.refusal(answer, arrow);
                }
                answer.body().close();
            } catch (IOException e) {
                if (tries == TRIES) {
                    throw rest.unreachable(e);
                }
            }
            rest.pause(tries);
        }
    }

    /**
     * One file from its beginning; what breaks is taken up where it broke.
     *
     * @throws BenchtopException {@code no_such_file}
     */
    public InputStream open(String file) {
        return open(file(file));
    }

    private InputStream open(PlanFile file) {
        var here = here(file);
        try {
            return here == null ? new ResumingStream(this, file) : Files.newInputStream(here);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + here, e);
        }
    }

    private @Nullable Path here(PlanFile file) {
        var folder = plan.path();
        if (folder == null) {
            return null;
        }
        var here = Path.of(folder, file.path());
        try {
            return Files.size(here) == file.size() ? here : null;
        } catch (IOException e) {
            return null;
        }
    }

    /** Puts every file below a folder, each whole and checked, or not at all. */
    public List<Path> download(Path folder) {
        return plan.files().stream().map(file -> download(file, folder)).toList();
    }

    private Path download(PlanFile file, Path folder) {
        var target = folder.resolve(file.path()).normalize();
        if (!target.startsWith(folder.normalize()) || file.path().startsWith("/")) {
            throw new BenchtopException(
                    "unexpected_answer", "'" + file.path() + "' in Benchtop's answer is no path of a dataset's file.");
        }
        try {
            Files.createDirectories(target.getParent());
            var part = Files.createTempFile(target.getParent(), ".", ".part");
            try {
                copy(file, part);
                return Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + target, e);
        }
    }

    private void copy(PlanFile file, Path part) throws IOException {
        try (var source = new DigestInputStream(open(file), sha256())) {
            Files.copy(source, part, StandardCopyOption.REPLACE_EXISTING);
            var digest = HexFormat.of().formatHex(source.getMessageDigest().digest());
            if (file.sha256() != null && !file.sha256().equals(digest)) {
                throw new BenchtopException(
                        "version_changed",
                        file.path() + " has another content than when version "
                                + plan.version().number() + " of " + plan.dataset()
                                + " was made (its SHA-256 differs). Open the dataset anew.");
            }
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private PlanFile file(String wanted) {
        return plan.files().stream()
                .filter(file -> file.path().equals(wanted))
                .findFirst()
                .orElseThrow(() -> new BenchtopException(
                        "no_such_file",
                        plan.dataset() + " has no file '" + wanted + "' in version "
                                + plan.version().number() + "; files() lists them."));
    }

    HttpResponse<InputStream> range(PlanFile file, long start) throws IOException {
        var headers = Map.of("Range", "bytes=" + start + "-" + (file.size() - 1));
        return file.url().startsWith("/")
                ? rest.exchange("GET", file.url(), headers, BodyPublishers::noBody)
                : store.get(file, headers);
    }

    BenchtopException refusal(PlanFile file, HttpResponse<InputStream> answer) {
        if (file.url().startsWith("/")) {
            return rest.refusal(answer, file.path());
        }
        return new BenchtopException(
                "read_refused",
                "The store does not give out " + file.path() + " (status " + answer.statusCode()
                        + "). Was it withdrawn? Open the dataset anew.",
                answer.statusCode());
    }

    /** The same file with an address that is not expired. */
    synchronized PlanFile renewed(PlanFile expired) {
        if (file(expired.path()).url().equals(expired.url())) {
            var same = new OpenRequest(plan.version().number(), asked.columns(), asked.where(), asked.run());
            plan = rest.read(path + ":open", same, Plan.class);
        }
        return file(expired.path());
    }

    void pause(int failures) {
        rest.pause(failures);
    }
}
