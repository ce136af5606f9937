package io.benchtop.service.model;

import static java.util.Objects.requireNonNull;

import io.benchtop.api.model.ModelSignature;
import io.benchtop.service.dataset.FilePath;
import io.benchtop.service.identity.UserName;
import io.benchtop.service.problem.ErrorCode;
import io.benchtop.service.problem.ProblemException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What somebody published: all of a version that never changes.
 *
 * @param files all but the manifest
 * @param signature null if nobody told it
 */
public record Publication(
        ModelFormat format,
        List<PublishedFile> files,
        @Nullable ModelSignature signature,
        Map<String, Double> metrics,
        Provenance provenance,
        UserName createdBy,
        Instant createdAt) {

    static final String MANIFEST = "manifest.json";
    static final String SIGNATURE = "signature.json";
    static final String SAMPLE = "sample.json";

    private static final int MOST_FILES = 1000;
    private static final int MOST_METRICS = 200;
    private static final int LONGEST_METRIC = 250;
    private static final long LARGEST = 1L << 36;

    public Publication {
        requireNonNull(format, "format is null");
        requireNonNull(provenance, "provenance is null");
        requireNonNull(createdBy, "createdBy is null");
        requireNonNull(createdAt, "createdAt is null");
        files = List.copyOf(files);
        checkFiles(format, files);
        metrics = new TreeMap<>(metrics);
        if (metrics.size() > MOST_METRICS
                || metrics.entrySet().stream()
                        .anyMatch(each -> each.getKey().isBlank()
                                || each.getKey().length() > LONGEST_METRIC
                                || !Double.isFinite(each.getValue()))) {
            throw ProblemException.invalidField(
                    "metrics", "must be at most " + MOST_METRICS + " finite numbers, each with a name");
        }
    }

    private static void checkFiles(ModelFormat format, List<PublishedFile> files) {
        if (files.isEmpty() || files.size() > MOST_FILES) {
            throw ProblemException.invalidField("files", "must be 1 to " + MOST_FILES);
        }
        Set<String> seen = new HashSet<>();
        long total = 0;
        for (PublishedFile file : files) {
            // Not all machines tell names apart by their case.
            if (!seen.add(file.path().value().toLowerCase(Locale.ROOT))) {
                throw ProblemException.invalidField(
                        "files", "name \"" + file.path() + "\" twice, if case is left aside");
            }
            if (file.path().value().equalsIgnoreCase(MANIFEST)) {
                throw ProblemException.invalidField(
                        "files", "must not hold " + MANIFEST + ", which Benchtop writes itself");
            }
            total = Math.addExact(total, Math.min(file.size(), LARGEST + 1));
        }
        if (total > LARGEST) {
            throw ProblemException.of(
                    ErrorCode.TOO_LARGE,
                    "A version has at most 64 GiB; these files have more. Leave out what serving does not need.");
        }
        format.file().ifPresent(needed -> {
            if (files.stream().noneMatch(file -> file.path().value().equals(needed))) {
                throw ProblemException.invalidField(
                        "files", "must hold " + needed + ", the file that is served of the format " + format.code());
            }
        });
    }

    /** Of a new version: a store of folders cannot hold a file that is another's folder, on no machine. */
    static void requireApart(List<PublishedFile> files) {
        Set<String> folders = files.stream()
                .flatMap(file -> folders(file.path().value().toLowerCase(Locale.ROOT)))
                .collect(Collectors.toSet());
        files.stream()
                .filter(file -> folders.contains(file.path().value().toLowerCase(Locale.ROOT)))
                .findFirst()
                .ifPresent(both -> {
                    throw ProblemException.invalidField(
                            "files", "name \"" + both.path() + "\" both as a file and as a folder");
                });
    }

    /** Those that a file lies in. */
    private static Stream<String> folders(String path) {
        return IntStream.range(0, path.length())
                .filter(at -> path.charAt(at) == '/')
                .mapToObj(at -> path.substring(0, at));
    }

    Optional<PublishedFile> file(FilePath path) {
        return files.stream().filter(each -> each.path().equals(path)).findFirst();
    }
}
