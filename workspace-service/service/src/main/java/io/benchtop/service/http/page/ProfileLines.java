package io.benchtop.service.http.page;

import io.benchtop.api.profile.ProfileImage;
import io.benchtop.api.profile.ProfileToleration;
import io.benchtop.api.profile.ProfileVolume;
import io.benchtop.service.problem.ProblemException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Lists of a profile as the lines of a text area, and back. What a line says is checked by who makes the profile. */
final class ProfileLines {

    private static final String READ_ONLY = "read-only";

    private ProfileLines() {}

    /** {@code slug image Name of it}. */
    static List<ProfileImage> images(String text) {
        return lines(text).stream()
                .map(line -> {
                    String[] parts = line.split("\\s+", 3);
                    return new ProfileImage(part(parts, 0), part(parts, 2), part(parts, 1));
                })
                .toList();
    }

    static String ofImages(@Nullable List<ProfileImage> images) {
        return joined(images, image -> joined(image.slug(), image.image(), image.displayName()));
    }

    /** {@code key=value:Effect}, as kubectl writes taints; without value or effect it is any. */
    static List<ProfileToleration> tolerations(String text) {
        return lines(text).stream()
                .map(line -> {
                    String[] effect = line.split(":", 2);
                    String[] pair = effect[0].split("=", 2);
                    return new ProfileToleration(part(pair, 0), part(pair, 1), part(effect, 1));
                })
                .toList();
    }

    static String ofTolerations(@Nullable List<ProfileToleration> tolerations) {
        return joined(
                tolerations,
                it -> it.key()
                        + (it.value() == null ? "" : "=" + it.value())
                        + (it.effect() == null ? "" : ":" + it.effect()));
    }

    /** {@code /mount/path claim:name} or {@code /mount/path nfs:server:/path}, and {@code read-only} behind it. */
    static List<ProfileVolume> volumes(String text) {
        List<ProfileVolume> volumes = new ArrayList<>();
        for (String line : lines(text)) {
            String[] parts = line.split("\\s+", -1);
            String source = parts.length < 2 ? "" : parts[1];
            boolean readOnly = parts.length == 3 && parts[2].equals(READ_ONLY);
            if (parts.length > 3 || (parts.length == 3 && !readOnly)) {
                throw ProblemException.invalidField(
                        "volumes[" + volumes.size() + "]",
                        "may have only the word " + READ_ONLY + " behind the source");
            }
            String[] nfs = source.startsWith("nfs:") ? source.substring(4).split(":", 2) : new String[0];
            volumes.add(new ProfileVolume(
                    parts[0],
                    readOnly,
                    source.startsWith("claim:") ? source.substring(6) : null,
                    part(nfs, 0),
                    part(nfs, 1)));
        }
        return volumes;
    }

    static String ofVolumes(@Nullable List<ProfileVolume> volumes) {
        return joined(
                volumes,
                it -> joined(
                        it.mountPath(),
                        it.claim() == null ? "nfs:" + it.nfsServer() + ":" + it.nfsPath() : "claim:" + it.claim(),
                        Boolean.TRUE.equals(it.readOnly()) ? READ_ONLY : null));
    }

    /** {@code name=value}. */
    static Map<String, String> pairs(String field, String text) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String line : lines(text)) {
            int equals = line.indexOf('=');
            if (equals < 1 || pairs.put(line.substring(0, equals), line.substring(equals + 1)) != null) {
                throw ProblemException.invalidField(field, "must be lines of name=value, each name once");
            }
        }
        return pairs;
    }

    static String ofPairs(@Nullable Map<String, String> pairs) {
        return pairs == null
                ? ""
                : pairs.entrySet().stream()
                        .map(pair -> pair.getKey() + "=" + pair.getValue())
                        .collect(Collectors.joining("\n"));
    }

    /** Separated by commas or spaces. */
    static List<String> words(String text) {
        return Arrays.stream(text.split("[,\\s]+", -1))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    private static List<String> lines(String text) {
        return text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    }

    private static <T> String joined(@Nullable List<T> things, Function<T, String> line) {
        return things == null ? "" : things.stream().map(line).collect(Collectors.joining("\n"));
    }

    private static String joined(@Nullable String... parts) {
        return Arrays.stream(parts).filter(part -> part != null).collect(Collectors.joining(" "));
    }

    private static @Nullable String part(String[] parts, int index) {
        return index < parts.length && !parts[index].isEmpty() ? parts[index] : null;
    }
}
