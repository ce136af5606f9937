package io.benchtop.service.spawn.policycheck.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.benchtop.service.profile.ImageReference;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProbePodsTest {

    private final ProbePods pods = new ProbePods(
            "benchtop-workspaces", "bench", new ImageReference("registry.test/service:1"), List.of("java"), "registry");

    @Test
    void theTryingPodIsToldWhatToTry() {
        // When
        Pod pod = pods.trying("0a1b", "proxy:80", List.of("10.0.0.7:8888", "[fd00:ec2::254]:80"));

        // Then
        assertThat(pod.getMetadata().getName()).isEqualTo("benchtop-policy-check-trying-0a1b");
        Container container = pod.getSpec().getContainers().getFirst();
        assertThat(container.getCommand()).containsExactly("java");
        assertThat(container.getArgs())
                .containsExactly("try", "/dev/termination-log", "proxy:80", "10.0.0.7:8888", "[fd00:ec2::254]:80");
        assertThat(pod.getSpec().getImagePullSecrets()).hasSize(1);
    }

    @Test
    void s47BothPodsPassPodSecurityRestrictedAndHaveNoToken() {
        for (Pod pod : List.of(pods.listening("0a1b"), pods.trying("0a1b", "proxy:80", List.of()))) {
            assertThat(pod.getSpec().getAutomountServiceAccountToken()).isFalse();
            assertThat(pod.getSpec().getTerminationGracePeriodSeconds()).isPositive();
            assertThat(pod.getSpec().getSecurityContext().getRunAsNonRoot()).isTrue();
            assertThat(pod.getSpec().getSecurityContext().getSeccompProfile().getType())
                    .isEqualTo("RuntimeDefault");
            var context = pod.getSpec().getContainers().getFirst().getSecurityContext();
            assertThat(context.getAllowPrivilegeEscalation()).isFalse();
            assertThat(context.getReadOnlyRootFilesystem()).isTrue();
            assertThat(context.getCapabilities().getDrop()).containsExactly("ALL");
        }
    }

    @Test
    void nobodyTakesThemForServers() {
        assertThat(pods.labels())
                .containsEntry("app.kubernetes.io/name", "benchtop-policy-check")
                .doesNotContainKey("benchtop.io/workspace");
    }
}
