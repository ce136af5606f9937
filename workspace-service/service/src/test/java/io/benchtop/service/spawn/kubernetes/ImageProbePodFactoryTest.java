package io.benchtop.service.spawn.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.benchtop.api.profile.Resources;
import io.benchtop.service.profile.ExtraVolume;
import io.benchtop.service.profile.Gpu;
import io.benchtop.service.profile.ImageReference;
import io.benchtop.service.profile.ServerSpec;
import io.benchtop.service.profile.Toleration;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ImageProbePodFactoryTest {

    private static final GoldenManifests GOLDEN = new GoldenManifests("ImageProbePodFactoryTest");
    private static final ImageReference IMAGE = new ImageReference("registry.example.com/torch:2");
    private static final ServerSpec SPEC = new ServerSpec(
            new Resources(64L << 30, 1000, 16.0),
            IMAGE,
            new Gpu("nvidia.com/gpu", 2),
            Map.of("pool", "gpu"),
            List.of(new Toleration("nvidia.com/gpu", null, Toleration.Effect.NO_SCHEDULE)),
            List.of(new ExtraVolume(new ExtraVolume.Claim("shared-data"), "/data", true)),
            Map.of("TZ", "Europe/Berlin"));

    private final ImageProbePodFactory factory =
            new ImageProbePodFactory(TestingSettings.of(new HomeStore.Claims(null, "10Gi")));

    @Test
    void runsWhereAServerOfTheProfileWouldWithoutItsSizeItsFoldersAndItsHome() throws IOException {
        GOLDEN.assertSame("gpu", factory.podFor(IMAGE, SPEC));
    }

    @Test
    void isCalledAfterItsImageAndNobodyTakesItForAServer() {
        // When
        Pod pod = factory.podFor(IMAGE, SPEC);
        Pod other = factory.podFor(new ImageReference("registry.example.com/torch:3"), SPEC);

        // Then
        String name = pod.getMetadata().getName();
        assertThat(name).isNotEqualTo(other.getMetadata().getName());
        assertThat(ObjectNames.workspace(name)).isEmpty();
        assertThat(Labels.workspace(pod)).isEmpty();
        assertThat(pod.getMetadata().getLabels().entrySet())
                .doesNotContainAnyElementsOf(
                        Map.of("app.kubernetes.io/name", "benchtop-server").entrySet())
                .containsAll(Labels.ofProbe("benchtop").entrySet());
    }
}
