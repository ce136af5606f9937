package io.benchtop.service.spawn.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.benchtop.api.profile.Resources;
import io.benchtop.service.identity.UserName;
import io.benchtop.service.profile.ExtraVolume;
import io.benchtop.service.profile.Gpu;
import io.benchtop.service.profile.ImageReference;
import io.benchtop.service.profile.ServerSpec;
import io.benchtop.service.profile.Toleration;
import io.benchtop.service.spawn.Slug;
import io.benchtop.service.spawn.SpawnRequest;
import io.benchtop.service.spawn.WorkspaceId;
import io.benchtop.service.spawn.kubernetes.HomeStore.Claims;
import io.benchtop.service.spawn.kubernetes.HomeStore.NfsExport;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What we send to the cluster, compared with {@code PodFactoryTest/<case>/out-*.yaml}. After a wanted change, {@code
 * -DargLine=-Dgolden.write=true} writes them anew; read the difference before committing it.
 */
class PodFactoryTest {

    private static final GoldenManifests GOLDEN = new GoldenManifests("PodFactoryTest");
    private static final HomeStore CLAIMS = new Claims(null, "10Gi");
    private static final HomeStore NFS = new NfsExport("nfs.example.com", "/exports/homes", "benchtop-homes");
    private static final Resources RESOURCES = new Resources(2L << 30, 256, 1.5);

    static Stream<Arguments> cases() {
        return Stream.of(
                Arguments.of("plain", CLAIMS, ServerSpec.of(RESOURCES)),
                Arguments.of("without-limits", CLAIMS, ServerSpec.of(new Resources(null, null, null))),
                Arguments.of("nfs-home", NFS, ServerSpec.of(RESOURCES)),
                Arguments.of(
                        "gpu",
                        CLAIMS,
                        new ServerSpec(
                                RESOURCES,
                                new ImageReference("registry.example.com/team/torch:2"),
                                new Gpu("nvidia.com/gpu", 2),
                                Map.of("pool", "gpu", "example.com/zone", "b"),
                                List.of(
                                        new Toleration("nvidia.com/gpu", null, Toleration.Effect.NO_SCHEDULE),
                                        new Toleration("team", "physics", null)),
                                List.of(),
                                Map.of())),
                Arguments.of(
                        "volumes-and-env",
                        CLAIMS,
                        spec(
                                List.of(
                                        new ExtraVolume(new ExtraVolume.Claim("shared-data"), "/data", true),
                                        new ExtraVolume(
                                                new ExtraVolume.Nfs("nfs.example.com", "/exports/teams"),
                                                "/teams",
                                                false)),
                                Map.of("TZ", "Europe/Berlin", "ANSWER", "42"))),
                Arguments.of(
                        "s11-values-are-literal",
                        CLAIMS,
                        spec(
                                List.of(),
                                Map.of(
                                        "A", "x: 1, hostPID: true",
                                        "B", "{{7*7}}",
                                        "C", "${jndi:ldap://example.com/a}",
                                        "D", "\"}],\"volumes\":[{\"hostPath\":{\"path\":\"/\"}}]",
                                        "E", "$(BENCHTOP_TOKEN_FILE) $$ $",
                                        "F", "--- !!binary | &a *a #"))));
    }

    private static ServerSpec spec(List<ExtraVolume> volumes, Map<String, String> env) {
        return new ServerSpec(RESOURCES, null, null, Map.of(), List.of(), volumes, env);
    }

    private static SpawnRequest request(ServerSpec spec) {
        return new SpawnRequest(
                new WorkspaceId("ws_abcdefgh2345"), 7, new UserName("alice"), new Slug("experiment"), spec);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void makesThePodOfItsGoldenFile(String name, HomeStore homes, ServerSpec spec) throws IOException {
        // When
        HasMetadata pod = new PodFactory(TestingSettings.of(homes)).podFor(request(spec));

        // Then
        GOLDEN.assertSame(name, pod);
    }

    @Test
    void makesWhatAWarmServerConsistsOfAsInItsGoldenFiles() throws IOException {
        // Given
        WarmPodFactory factory = WarmPodFactory.of(TestingSettings.of(CLAIMS), TestingSettings.keys())
                .orElseThrow();
        WorkspaceId id = new WorkspaceId("ws_abcdefgh2345");
        ServerSpec spec = spec(List.of(), Map.of("TZ", "Europe/Berlin"));

        // Then
        GOLDEN.assertSame("warm", factory.podFor(id, "0123456789abcdef", spec));
        GOLDEN.assertSame("warm", factory.secretFor(id, "0123456789abcdef"));
        GOLDEN.assertSame("warm", factory.homeFor(id, "0123456789abcdef"));
    }

    @Test
    void serversAreOfOneKindIfNothingThatIsMadeForThemDiffers() {
        // Given
        WarmPodFactory factory = WarmPodFactory.of(TestingSettings.of(CLAIMS), TestingSettings.keys())
                .orElseThrow();
        WarmPodFactory larger = WarmPodFactory.of(TestingSettings.of(new Claims(null, "20Gi")), TestingSettings.keys())
                .orElseThrow();

        // Then
        assertThat(factory.kind(spec(List.of(), Map.of("A", "1", "B", "2"))))
                .isEqualTo(factory.kind(spec(List.of(), Map.of("B", "2", "A", "1"))))
                .isNotEqualTo(factory.kind(spec(List.of(), Map.of("A", "1", "B", "3"))))
                .isNotEqualTo(larger.kind(spec(List.of(), Map.of("A", "1", "B", "2"))))
                .hasSize(16);
    }

    @Test
    void thereAreNoWarmServersWhoseHomesAreFoldersOfAnExport() {
        assertThat(WarmPodFactory.of(TestingSettings.of(NFS), TestingSettings.keys()))
                .isEmpty();
    }

    @Test
    void makesTheSecretAndTheClaimOfTheirGoldenFiles() throws IOException {
        // Given
        KubernetesSettings settings = TestingSettings.of(CLAIMS);
        SpawnRequest request = request(ServerSpec.of(RESOURCES));

        // Then
        GOLDEN.assertSame(
                "plain", new SecretFactory(settings, TestingSettings.keys()).secretFor(request, "a.short.token"));
        GOLDEN.assertSame("plain", new HomeClaimFactory(settings).claimFor(request, new Claims("fast", "20Gi")));
    }
}
