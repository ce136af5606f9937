package io.benchtop.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.benchtop.service.TestingClient;
import io.benchtop.service.TestingService;
import io.benchtop.service.identity.Role;
import io.benchtop.service.profile.OptionSlug;
import io.benchtop.service.profile.ProfileRepository;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Does what docs/administrator.md shows. */
class AdministratorDocsIT {

    private static final Pattern JSON = Pattern.compile("```json\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern ADDRESS = Pattern.compile("-d @gpu\\.json \\$BENCHTOP_URL(\\S+)");

    @TempDir
    Path data;

    @Test
    void theShownProfileIsMadeByTheShownRequest() throws IOException {
        try (TestingService service = TestingService.start(data)) {
            // Given
            TestingClient admin = service.program("root", Role.ADMIN);
            String address = find(ADDRESS);

            // When
            HttpResponse<String> made = admin.post(address, find(JSON));

            // Then
            assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
            assertThat(service.program("alice", Role.DEVELOPER).get(address).body())
                    .contains("\"gpu\"");
            assertThat(service.program("carol", Role.DEVELOPER).get(address).body())
                    .doesNotContain("With a GPU");
        }
    }

    @Test
    void theShownProfileInALockedFileIsInForceAndCannotBeChangedElsewhere() throws IOException {
        // Given
        String standard = "{\"slug\":\"standard\",\"displayName\":\"Standard\",\"audience\":{\"kind\":\"everybody\"}}";
        Path file = Files.writeString(data.resolve("profiles.json"), "[" + standard + "," + find(JSON) + "]");
        Map<String, Object> locked =
                Map.of("benchtop.profile-file", file.toString(), "benchtop.profile-locked", "true");

        try (TestingService service = TestingService.start(data, locked)) {
            // When
            HttpResponse<String> refused = service.program("root", Role.ADMIN).delete("/api/v1/profiles/gpu");

            // Then
            assertThat(service.bean(ProfileRepository.class).find(new OptionSlug("gpu")))
                    .isPresent();
            assertThat(refused.statusCode()).isEqualTo(409);
            assertThat(refused.body()).contains("come from its configuration");
        }
    }

    private static String find(Pattern pattern) throws IOException {
        Matcher matcher = pattern.matcher(Files.readString(Path.of("../../docs/administrator.md")));
        assertThat(matcher.find()).isTrue();
        return matcher.group(1);
    }
}
