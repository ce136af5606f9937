package io.benchtop.service.spawn.kubernetes;

import static java.util.Objects.requireNonNull;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What an image has, as {@code server --probe} prints it on a line of its own. Whoever made the image may have it print
 * anything: what does not look like a version or a kernel's name is left out.
 *
 * @param jupyterLab null if it has none
 */
record ImageDescription(
        String python, String jupyterServer, @Nullable String jupyterLab, List<String> kernels) {

    private static final Gson GSON = new Gson();
    private static final Pattern VERSION = Pattern.compile("[0-9][0-9A-Za-z.+!_-]{0,39}");
    private static final Pattern KERNEL = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final int MOST_KERNELS = 12;

    ImageDescription {
        requireNonNull(python, "python is null");
        requireNonNull(jupyterServer, "jupyterServer is null");
        kernels = List.copyOf(kernels);
    }

    /** The last line that is one; others may be warnings of whatever the image runs first. */
    static Optional<ImageDescription> find(List<String> log) {
        return log.reversed().stream()
                .filter(line -> line.startsWith("{"))
                .flatMap(line -> read(line).stream())
                .findFirst();
    }

    private static Optional<ImageDescription> read(String line) {
        try {
            Printed printed = GSON.fromJson(line, Printed.class);
            String python = version(printed.python());
            String server = version(printed.jupyterServer());
            return python == null || server == null
                    ? Optional.empty()
                    : Optional.of(new ImageDescription(
                            python, server, version(printed.jupyterLab()), kernels(printed.kernels())));
        } catch (JsonParseException e) {
            return Optional.empty();
        }
    }

    private static @Nullable String version(@Nullable String text) {
        return text != null && VERSION.matcher(text).matches() ? text : null;
    }

    private static List<String> kernels(@Nullable List<@Nullable String> names) {
        return Stream.ofNullable(names)
                .flatMap(List::stream)
                .filter(Objects::nonNull)
                .filter(name -> KERNEL.matcher(name).matches())
                .toList();
    }

    /** Completes "It works, ". */
    String words() {
        String lab = jupyterLab == null ? "but without JupyterLab" : "with JupyterLab " + jupyterLab;
        return lab + " and "
                + switch (kernels.size()) {
                    case 0 -> "without any kernel: no notebook can run";
                    case 1 -> "the kernel " + kernels.getFirst();
                    default -> "the kernels " + listed();
                };
    }

    private String listed() {
        return kernels.size() > MOST_KERNELS
                ? String.join(", ", kernels.subList(0, MOST_KERNELS)) + " and " + (kernels.size() - MOST_KERNELS)
                        + " more"
                : String.join(", ", kernels.subList(0, kernels.size() - 1)) + " and " + kernels.getLast();
    }

    /** As it stands in the line. */
    private record Printed(
            @Nullable String python,
            @Nullable String jupyterServer,
            @Nullable String jupyterLab,
            @Nullable List<@Nullable String> kernels) {}
}
