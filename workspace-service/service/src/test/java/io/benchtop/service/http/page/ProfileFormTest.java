package io.benchtop.service.http.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.benchtop.service.identity.Role;
import io.benchtop.service.problem.ProblemException;
import io.benchtop.service.problem.ProblemException.FieldError;
import io.benchtop.service.profile.OfferedProfile;
import io.benchtop.service.profile.ProfileDescriptions;
import io.benchtop.service.profile.ProfileReading;
import io.benchtop.service.profile.SampleProfile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ProfileFormTest {

    private static final Pattern FIELD = Pattern.compile("<(?:input|select|textarea)[^>]* name=\"([^\"_]+)\"");

    @Test
    void aProfileGoesThroughTheFormUnchanged() {
        // Given
        OfferedProfile profile = SampleProfile.profile();

        // When
        Form form = ProfileForm.of(ProfileDescriptions.complete(profile));

        // Then
        assertThat(ProfileReading.read(ProfileForm.request(form))).isEqualTo(profile);
    }

    @Test
    void theFormHasAFieldForEveryPathOfThePublishedSchema() throws IOException {
        // Given
        Set<String> paths = new TreeSet<>();
        collect("", schema(), paths);

        // When
        String html =
                Samples.of(Role.ADMIN, Theme.SYSTEM).pages().get("profile-new").html();

        // Then
        assertThat(FIELD.matcher(html).results().map(field -> field.group(1)).collect(Collectors.toSet()))
                .containsExactlyInAnyOrderElementsOf(paths);
    }

    @Test
    void whatWasRefusedIsToldAtItsFieldAndLine() {
        // Given
        ProblemException refusal = ProblemException.invalidFields(List.of(
                new FieldError("images[1].slug", "must be lower-case"),
                new FieldError("gpu", "needs a resource"),
                new FieldError("resources.memoryBytes", "must be more")));

        // When
        Form form = ProfileForm.refused(Form.EMPTY, refusal);

        // Then
        assertThat(form.error("images")).isEqualTo("Line 2: slug must be lower-case.");
        assertThat(form.error("gpu.resource")).isEqualTo("Needs a resource.");
        assertThat(form.error("resources.memoryBytes")).isEqualTo("It must be more.");
        assertThat(form.problem()).isNull();
    }

    /** A list and a map are one field each, with one thing a line. */
    private static void collect(String prefix, JsonObject schema, Set<String> paths) {
        schema.getAsJsonObject("properties").asMap().forEach((name, property) -> {
            JsonObject described = property.getAsJsonObject();
            if (described.has("properties")) {
                collect(prefix + name + ".", described, paths);
            } else if (!described.has("readOnly")) {
                paths.add(prefix + name);
            }
        });
    }

    private static JsonObject schema() throws IOException {
        try (var resource = ProfileFormTest.class.getResourceAsStream("/profile.schema.json")) {
            return JsonParser.parseString(new String(resource.readAllBytes(), StandardCharsets.UTF_8))
                    .getAsJsonObject();
        }
    }
}
