package io.benchtop.service.http.page;

import static java.util.Objects.requireNonNullElse;

import io.benchtop.api.profile.OverrideLimits;
import io.benchtop.api.profile.ProfileAudience;
import io.benchtop.api.profile.ProfileGpu;
import io.benchtop.api.profile.ProfileRequest;
import io.benchtop.api.profile.RequestedResources;
import io.benchtop.service.problem.ProblemException;
import io.benchtop.service.problem.ProblemException.FieldError;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The form of a profile: its fields go by their paths in the published schema, lists have one thing a line, and amounts are
 * written as people write them.
 */
final class ProfileForm {

    /** {@code images[2].image}: the third line of {@code images}. */
    private static final Pattern LINE = Pattern.compile("([A-Za-z]+)\\[([0-9]+)](?:\\.([A-Za-z]+))?");

    /** Where an error of a whole group is told. */
    private static final Map<String, String> FIRST_OF = Map.of("gpu", "gpu.resource", "audience", "audience.kind");

    private ProfileForm() {}

    /** What the form of a new profile starts with. */
    static Form empty() {
        return Form.of(Map.of("audience.kind", "everybody"));
    }

    static Form of(ProfileRequest profile) {
        RequestedResources resources =
                requireNonNullElse(profile.resources(), new RequestedResources(null, null, null));
        ProfileGpu gpu = requireNonNullElse(profile.gpu(), new ProfileGpu(null, null));
        ProfileAudience audience = requireNonNullElse(profile.audience(), new ProfileAudience(null, null));
        OverrideLimits limits =
                requireNonNullElse(profile.allowedOverrides(), new OverrideLimits(null, null, null, null));
        Map<String, String> values = new HashMap<>();
        values.put("slug", text(profile.slug()));
        values.put("displayName", text(profile.displayName()));
        values.put("description", text(profile.description()));
        values.put("resources.memoryBytes", AmountText.ofBytes(resources.memoryBytes()));
        values.put("resources.processes", text(resources.processes()));
        values.put("resources.cpus", AmountText.ofDecimal(resources.cpus()));
        values.put("image", text(profile.image()));
        values.put("images", ProfileLines.ofImages(profile.images()));
        values.put("gpu.resource", text(gpu.resource()));
        values.put("gpu.count", text(gpu.count()));
        values.put("nodeSelector", ProfileLines.ofPairs(profile.nodeSelector()));
        values.put("tolerations", ProfileLines.ofTolerations(profile.tolerations()));
        values.put("volumes", ProfileLines.ofVolumes(profile.volumes()));
        values.put("env", ProfileLines.ofPairs(profile.env()));
        values.put("audience.kind", text(audience.kind()));
        values.put("audience.names", String.join(", ", requireNonNullElse(audience.names(), List.of())));
        values.put("allowedOverrides.memoryBytes", AmountText.ofBytes(limits.memoryBytes()));
        values.put("allowedOverrides.cpus", AmountText.ofDecimal(limits.cpus()));
        values.put("allowedOverrides.gpus", text(limits.gpus()));
        values.put("allowedOverrides.image", text(limits.image()));
        values.put("startTimeout", AmountText.ofDuration(profile.startTimeout()));
        values.put("maxLifetime", AmountText.ofDuration(profile.maxLifetime()));
        values.put("warmServers", text(profile.warmServers()));
        values.put("retired", text(profile.retired()));
        return Form.of(values);
    }

    static ProfileRequest request(Form form) {
        return new ProfileRequest(
                orNull(form.value("slug")),
                form.value("displayName"),
                form.value("description"),
                new RequestedResources(
                        AmountText.bytes("resources.memoryBytes", form.value("resources.memoryBytes")),
                        AmountText.whole("resources.processes", form.value("resources.processes")),
                        AmountText.decimal("resources.cpus", form.value("resources.cpus"))),
                orNull(form.value("image")),
                ProfileLines.images(form.value("images")),
                gpu(form),
                ProfileLines.pairs("nodeSelector", form.value("nodeSelector")),
                ProfileLines.tolerations(form.value("tolerations")),
                ProfileLines.volumes(form.value("volumes")),
                ProfileLines.pairs("env", form.value("env")),
                new ProfileAudience(form.value("audience.kind"), ProfileLines.words(form.value("audience.names"))),
                new OverrideLimits(
                        AmountText.bytes("allowedOverrides.memoryBytes", form.value("allowedOverrides.memoryBytes")),
                        AmountText.decimal("allowedOverrides.cpus", form.value("allowedOverrides.cpus")),
                        AmountText.whole("allowedOverrides.gpus", form.value("allowedOverrides.gpus")),
                        form.value("allowedOverrides.image").equals("true")),
                AmountText.duration("startTimeout", form.value("startTimeout")),
                AmountText.duration("maxLifetime", form.value("maxLifetime")),
                AmountText.whole("warmServers", form.value("warmServers")),
                form.value("retired").equals("true"),
                null);
    }

    private static @Nullable ProfileGpu gpu(Form form) {
        String resource = form.value("gpu.resource").strip();
        Integer count = AmountText.whole("gpu.count", form.value("gpu.count"));
        return resource.isEmpty() && count == null ? null : new ProfileGpu(orNull(resource), count);
    }

    /** With each error at the field that holds what was refused; a field that is not there counts as sent empty. */
    static Form refused(Form form, ProblemException refusal) {
        Map<String, String> errors = new HashMap<>();
        for (FieldError error : refusal.errors()) {
            Matcher line = LINE.matcher(error.field());
            if (line.matches()) {
                String what = line.group(3) == null ? "it" : line.group(3);
                errors.putIfAbsent(
                        line.group(1),
                        "Line " + (Integer.parseInt(line.group(2)) + 1) + ": " + what + " "
                                + Form.sentence(error.message()).replaceFirst("^It ", ""));
            } else {
                errors.putIfAbsent(FIRST_OF.getOrDefault(error.field(), error.field()), Form.sentence(error.message()));
            }
        }
        return new Form(form.values(), errors, errors.isEmpty() ? refusal.detail() : null);
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }

    private static @Nullable String orNull(String typed) {
        return typed.isBlank() ? null : typed.strip();
    }
}
