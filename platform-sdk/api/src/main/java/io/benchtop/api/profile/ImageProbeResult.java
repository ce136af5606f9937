package io.benchtop.api.profile;

import org.jspecify.annotations.Nullable;

/**
 * What was found out about an image when it was started once.
 *
 * @param image which
 * @param verdict {@code compatible}, {@code incompatible}, {@code not_probed}, or {@code probing} while it is being tried
 * @param jupyterServer version of its jupyter_server; null if that could not be told
 * @param python version of the Python that has it; null if that could not be told
 * @param uid number of the user that it runs as; null if that could not be told
 * @param probedAt ISO-8601 instant; of the beginning while it is being tried
 * @param message the verdict as a sentence, with what to do
 */
public record ImageProbeResult(
        @Nullable String image,
        @Nullable String verdict,
        @Nullable String jupyterServer,
        @Nullable String python,
        @Nullable Long uid,
        @Nullable String probedAt,
        @Nullable String message) {}
