package io.benchtop.service.http.page;

import io.benchtop.api.profile.OverrideLimits;
import io.benchtop.api.profile.Profile;
import io.benchtop.api.workspace.WorkspaceOverrides;
import io.benchtop.service.problem.ProblemException;
import io.benchtop.service.profile.OptionSlug;
import io.benchtop.service.profile.Overrides;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The profiles to pick from, and what may be chosen differently from each. Every profile has fields of its own, because
 * without script the page cannot change them when another one is picked; those of the picked one count.
 *
 * @param chosen slug of the one that is picked already; empty for none
 * @param problem what was refused about the profile itself
 */
record ProfilePicker(
        List<Option> options, String chosen, @Nullable String problem) {

    /** One profile. */
    record Option(
            String slug,
            String name,
            String description,
            String resources,
            @Nullable String image,
            List<Adjustment> adjustments) {}

    /**
     * One thing that may be chosen differently.
     *
     * @param choices what there is to choose from; none for a field to type into
     */
    record Adjustment(
            String name,
            String label,
            String value,
            @Nullable String hint,
            @Nullable String error,
            List<Choice> choices) {}

    /** One of several. */
    record Choice(String value, String label) {}

    private static final WorkspaceOverrides NONE = new WorkspaceOverrides(null, null, null, null);

    ProfilePicker {
        options = List.copyOf(options);
    }

    /**
     * @param slug of the profile picked so far; what the form says goes before it
     * @param overrides made for that profile so far
     */
    static ProfilePicker of(List<Profile> offered, String slug, WorkspaceOverrides overrides, Form form) {
        String chosen = form.values().containsKey("profile") ? form.value("profile") : slug;
        List<Option> options = offered.stream()
                .map(profile -> option(profile, profile.slug().equals(slug) ? overrides : NONE, form))
                .toList();
        return new ProfilePicker(options, chosen, form.error("profile"));
    }

    boolean offersChosen() {
        return options.stream().anyMatch(option -> option.slug().equals(chosen));
    }

    private static Option option(Profile profile, WorkspaceOverrides made, Form form) {
        OverrideLimits limits = profile.allowedOverrides();
        List<Adjustment> fields = new ArrayList<>();
        if (limits.memoryBytes() != null) {
            Long value = made.memoryBytes() == null ? profile.resources().memoryBytes() : made.memoryBytes();
            String hint = "Up to " + HumaneBytes.text(limits.memoryBytes());
            fields.add(field("memory", "Memory", AmountText.ofBytes(value), hint, profile, form));
        }
        if (limits.cpus() != null) {
            Double value = made.cpus() == null ? profile.resources().cpus() : made.cpus();
            String hint = "Up to " + AmountText.ofDecimal(limits.cpus());
            fields.add(field("cpus", "CPUs", AmountText.ofDecimal(value), hint, profile, form));
        }
        if (limits.gpus() != null && profile.gpu() != null) {
            Integer value = made.gpus() == null ? profile.gpu().count() : made.gpus();
            String hint = "0 to " + limits.gpus() + " × " + profile.gpu().resource();
            fields.add(field("gpus", "Accelerators", String.valueOf(value), hint, profile, form));
        }
        if (Boolean.TRUE.equals(limits.image())) {
            fields.add(imageField(profile, made, form));
        }
        return new Option(
                profile.slug(),
                profile.displayName(),
                profile.description(),
                ResourceWords.of(profile.resources(), profile.gpu()),
                profile.image(),
                List.copyOf(fields));
    }

    private static Adjustment field(String part, String label, String value, String hint, Profile profile, Form form) {
        String name = part + "-" + profile.slug();
        String shown = form.values().getOrDefault(name, value);
        return new Adjustment(name, label, shown, hint, form.error(name), List.of());
    }

    private static Adjustment imageField(Profile profile, WorkspaceOverrides made, Form form) {
        String name = "image-" + profile.slug();
        List<Choice> choices = new ArrayList<>();
        choices.add(new Choice("", profile.image() == null ? "The usual image" : profile.image()));
        profile.images().forEach(image -> choices.add(new Choice(text(image.slug()), text(image.displayName()))));
        String shown = form.values().getOrDefault(name, text(made.image()));
        return new Adjustment(name, "Image", shown, null, form.error(name), List.copyOf(choices));
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }

    /** What the form makes different from the profile that it picks; what is as the profile has it stays with the profile. */
    static Overrides overrides(Form form, List<Profile> offered) {
        String slug = form.value("profile");
        Profile profile = offered.stream()
                .filter(it -> it.slug().equals(slug))
                .findFirst()
                .orElse(null);
        if (profile == null) {
            return Overrides.NONE;
        }
        String image = form.value("image-" + slug);
        Long memory = AmountText.bytes("overrides.memoryBytes", form.value("memory-" + slug));
        Double cpus = AmountText.decimal("overrides.cpus", form.value("cpus-" + slug));
        Integer gpus = AmountText.whole("overrides.gpus", form.value("gpus-" + slug));
        return new Overrides(
                Objects.equals(memory, profile.resources().memoryBytes()) ? null : memory,
                Objects.equals(cpus, profile.resources().cpus()) ? null : cpus,
                profile.gpu() != null && Objects.equals(gpus, profile.gpu().count()) ? null : gpus,
                image.isEmpty() ? null : choice(image));
    }

    private static OptionSlug choice(String image) {
        return OptionSlug.find(image)
                .orElseThrow(() -> ProblemException.invalidField("overrides.image", "is not one of the choices"));
    }

    /** The form with what was refused told at the fields of the picked profile. */
    static Form refused(Form form, ProblemException refusal) {
        String slug = form.value("profile");
        Form told = form.calling("memory-" + slug, "overrides.memoryBytes")
                .calling("cpus-" + slug, "overrides.cpus")
                .calling("gpus-" + slug, "overrides.gpus")
                .calling("image-" + slug, "overrides.image")
                .calling("profile", "profile")
                .refused(refusal);
        return told.tellingAt("memory-" + slug, "overrides.memoryBytes")
                .tellingAt("cpus-" + slug, "overrides.cpus")
                .tellingAt("gpus-" + slug, "overrides.gpus")
                .tellingAt("image-" + slug, "overrides.image");
    }
}
