package io.benchtop.service.http.page;

import io.benchtop.api.profile.OverrideLimits;
import io.benchtop.api.profile.Profile;
import io.benchtop.api.profile.ProfileGpu;
import io.benchtop.api.profile.ProfileImage;
import io.benchtop.api.profile.Resources;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The pages about profiles; each free text is passed through a function of the test's. */
final class SampleProfiles {

    private static final long GIB = 1024L * 1024 * 1024;
    private static final OverrideLimits NO_LIMITS = new OverrideLimits(null, null, null, false);

    private SampleProfiles() {}

    /** What a person can pick. */
    static List<Profile> offers(UnaryOperator<String> text) {
        return List.of(
                profile(
                        "small",
                        text.apply("Small"),
                        text.apply("For trying things out and teaching."),
                        new Resources(2 * GIB, 400, null),
                        null,
                        null,
                        NO_LIMITS),
                profile(
                        "large",
                        text.apply("Large"),
                        text.apply("For data that has to fit in memory."),
                        new Resources(8 * GIB, 1000, 4.0),
                        text.apply("registry.example.org/notebook/cpu:4.2"),
                        null,
                        new OverrideLimits(32 * GIB, 8.0, null, true)),
                profile(
                        "gpu",
                        text.apply("With a GPU"),
                        text.apply("For training a model of your own."),
                        new Resources(16 * GIB, 1000, 4.0),
                        text.apply("registry.example.org/notebook/torch-gpu:4.2"),
                        new ProfileGpu("nvidia.com/gpu", 1),
                        new OverrideLimits(null, null, 2, false)),
                profile(
                        "free",
                        text.apply("Whole machine"),
                        text.apply("No limits but the machine's own."),
                        new Resources(null, null, null),
                        null,
                        null,
                        NO_LIMITS));
    }

    static Map<String, Page> pages(Frame frame, UnaryOperator<String> text) {
        Map<String, Page> pages = new LinkedHashMap<>();
        pages.put("profiles", new ProfilesPage(frame, rows(text), false, true));
        pages.put("profiles-locked", new ProfilesPage(frame, rows(text), true, false));
        pages.put("profile-new", new ProfilePage(frame, null, ProfileForm.empty(), false, List.of()));
        pages.put("profile", new ProfilePage(frame, "gpu", form(text, Map.of()), false, images(text)));
        pages.put(
                "profile-wrong",
                new ProfilePage(
                        frame,
                        "gpu",
                        form(
                                text,
                                Map.of(
                                        "image", text.apply("It is not the name of an image: -v."),
                                        "images", text.apply("Line 2: image must be the name of an image."),
                                        "audience.kind", text.apply("Name at least one user."),
                                        "allowedOverrides.image", text.apply("There is nothing to choose from."),
                                        "gpu.count", text.apply("It must be a whole number."))),
                        false,
                        List.of()));
        pages.put(
                "profile-delete",
                new ProfileDeletePage(frame, "gpu", text.apply("With a GPU"), text.apply("Two workspaces have it.")));
        return pages;
    }

    private static List<ProfilesPage.Row> rows(UnaryOperator<String> text) {
        return List.of(
                new ProfilesPage.Row(
                        "small",
                        text.apply("Small"),
                        "2 GiB memory, 400 processes",
                        null,
                        "everybody",
                        12,
                        false,
                        null,
                        false),
                new ProfilesPage.Row(
                        "large",
                        text.apply("Large"),
                        "8 GiB memory, 4 CPUs, 1000 processes",
                        text.apply("registry.example.org/notebook/cpu:4.2"),
                        "role developer",
                        1,
                        false,
                        null,
                        true),
                new ProfilesPage.Row(
                        "gpu",
                        text.apply("With a GPU"),
                        "16 GiB memory, 4 CPUs, 1 × nvidia.com/gpu",
                        text.apply("registry.example.org/notebook/torch-gpu:4.2"),
                        text.apply("alice, bob, carol"),
                        0,
                        false,
                        text.apply("It has no jupyter_server."),
                        false),
                new ProfilesPage.Row(
                        "old", text.apply("Course of 2025"), "1 GiB memory", null, "everybody", 0, true, null, false));
    }

    private static Form form(UnaryOperator<String> text, Map<String, String> errors) {
        Map<String, String> values = Map.ofEntries(
                Map.entry("displayName", text.apply("With a GPU")),
                Map.entry("description", text.apply("For training a model of your own.")),
                Map.entry("resources.memoryBytes", "16 GiB"),
                Map.entry("resources.cpus", "4"),
                Map.entry("resources.processes", "1000"),
                Map.entry("gpu.resource", text.apply("nvidia.com/gpu")),
                Map.entry("gpu.count", "1"),
                Map.entry("image", text.apply("registry.example.org/notebook/torch-gpu:4.2")),
                Map.entry("images", text.apply("jax registry.example.org/notebook/jax:4.2 JAX")),
                Map.entry("audience.kind", "users"),
                Map.entry("audience.names", text.apply("alice, bob, carol")),
                Map.entry("allowedOverrides.gpus", "2"),
                Map.entry("allowedOverrides.image", "true"),
                Map.entry("startTimeout", "10m"),
                Map.entry("maxLifetime", "3d"),
                Map.entry("warmServers", "2"),
                Map.entry("nodeSelector", text.apply("accelerator=a100")),
                Map.entry("tolerations", text.apply("gpu=only:NoSchedule")),
                Map.entry("volumes", text.apply("/mnt/datasets claim:datasets read-only")),
                Map.entry("env", text.apply("OMP_NUM_THREADS=4")));
        return new Form(values, errors, null);
    }

    private static List<ProfilePage.ImageRow> images(UnaryOperator<String> text) {
        HumaneTime probed = HumaneTime.relative(Samples.NOW.minus(3, ChronoUnit.HOURS), Samples.NOW);
        return List.of(
                new ProfilePage.ImageRow(
                        text.apply("registry.example.org/notebook/torch-gpu:4.2"),
                        "works",
                        false,
                        text.apply("jupyter_server 2.17.0, Python 3.13.1, user 1000"),
                        text.apply("It works, with JupyterLab 4.6.1 and the kernels java and python3."),
                        probed),
                new ProfilePage.ImageRow(
                        text.apply("registry.example.org/notebook/jax:4.2"),
                        "does not work",
                        true,
                        "",
                        text.apply("It has no jupyter_server. Install version 2 or newer in it."),
                        probed),
                new ProfilePage.ImageRow(
                        text.apply("registry.example.org/notebook/r:4.4"),
                        "not known",
                        false,
                        "",
                        text.apply("It has not been tried yet."),
                        null));
    }

    private static Profile profile(
            String slug,
            String name,
            String description,
            Resources resources,
            @Nullable String image,
            @Nullable ProfileGpu gpu,
            OverrideLimits limits) {
        return new Profile(
                slug,
                name,
                description,
                resources,
                image,
                List.of(new ProfileImage("r", "R 4.4", "registry.example.org/notebook/r:4.4")),
                gpu,
                limits,
                null,
                null,
                false,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }
}
