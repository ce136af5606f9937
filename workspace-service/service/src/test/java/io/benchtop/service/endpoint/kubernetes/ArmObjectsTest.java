package io.benchtop.service.endpoint.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.benchtop.service.endpoint.Arm;
import io.benchtop.service.endpoint.ArmId;
import io.benchtop.service.endpoint.EndpointId;
import io.benchtop.service.endpoint.EndpointName;
import io.benchtop.service.endpoint.HardwareOffer;
import io.benchtop.service.endpoint.Scaling;
import io.benchtop.service.endpoint.ServedVersion;
import io.benchtop.service.model.kubernetes.ModelHardware;
import io.benchtop.service.model.kubernetes.ModelPodSettings;
import io.benchtop.service.profile.ImageReference;
import io.benchtop.service.spawn.kubernetes.GoldenManifests;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.TolerationBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What we send to the cluster, compared with {@code ArmObjectsTest/<case>/out-*.yaml}; see {@link GoldenManifests}. */
class ArmObjectsTest {

    private static final GoldenManifests GOLDEN = new GoldenManifests("ArmObjectsTest");
    private static final ArmId ID =
            new ArmId(new EndpointId("ep_aaaaabbbbbcccccddddd"), new ServedVersion("Risk", "0.1.0"));

    private static final ModelHardware USUAL = ModelHardware.plain(
            HardwareOffer.USUAL,
            new ImageReference("registry.example.com/benchtop/model-server:1"),
            "250m",
            "512Mi",
            "2Gi");
    private static final ModelHardware GPU = new ModelHardware(
            "gpu",
            new ImageReference("registry.example.com/benchtop/model-server-gpu:1"),
            new ResourceRequirementsBuilder()
                    .addToRequests("cpu", new Quantity("1"))
                    .addToLimits("memory", new Quantity("8Gi"))
                    .addToLimits("nvidia.com/gpu", new Quantity("1"))
                    .build(),
            Map.of("accelerator", "l4"),
            List.of(new TolerationBuilder()
                    .withKey("nvidia.com/gpu")
                    .withOperator("Exists")
                    .withEffect("NoSchedule")
                    .build()),
            "nvidia");

    private final ArmObjects objects = new ArmObjects(new ServingSettings(
            new ModelPodSettings(
                    "benchtop-models",
                    "benchtop",
                    URI.create("http://benchtop-service.benchtop.svc:8081"),
                    "pull",
                    List.of(USUAL),
                    HardwareOffer.USUAL),
            "benchtop",
            "benchtop"));

    private static Arm arm(int min, int max) {
        return new Arm(
                ID, new EndpointName("orders"), new Scaling(min, max, Duration.ofMinutes(15)), HardwareOffer.USUAL);
    }

    private void assertGolden(String name, Arm arm) throws IOException {
        Deployment made = arm.scaling().isByLoad() ? objects.uncounted(arm, USUAL) : objects.counted(arm, USUAL);
        GOLDEN.assertSame(name, made);
        Deployment there = new DeploymentBuilder(made)
                .editMetadata()
                .withUid("d0c5e6f0-0000-0000-0000-000000000001")
                .endMetadata()
                .build();
        for (HasMetadata each : objects.dependents(arm, there, "key", "token")) {
            GOLDEN.assertSame(name, each);
        }
    }

    @Test
    void anArmWithAsManyServersAsItBeginsWith() throws IOException {
        assertGolden("fixed", arm(2, 2));
    }

    @Test
    void anArmThatIsScaledByLoad() throws IOException {
        assertGolden("scaled", arm(0, 5));
    }

    @Test
    void anArmOnAGpu() throws IOException {
        GOLDEN.assertSame("gpu", objects.counted(arm(1, 1), GPU));
    }

    @Test
    void whatADeploymentIsForIsReadFromIt() {
        assertThat(ArmObjects.arm(objects.counted(arm(1, 1), USUAL))).contains(ID);
        assertThat(ArmObjects.arm(
                        new DeploymentBuilder().withNewMetadata().endMetadata().build()))
                .isEmpty();
    }

    @Test
    void namesAreShortEnoughForEveryKindOfObject() {
        assertThat(ArmObjects.name(ID)).hasSizeLessThanOrEqualTo(63).matches("[a-z][a-z0-9-]*");
    }
}
