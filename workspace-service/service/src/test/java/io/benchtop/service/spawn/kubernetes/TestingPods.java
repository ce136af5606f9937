package io.benchtop.service.spawn.kubernetes;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;

/** Pods in the states that a cluster puts them into. */
final class TestingPods {

    private TestingPods() {}

    static Pod pending() {
        return new PodBuilder()
                .withNewMetadata()
                .withName("ws-abcdefgh2345-g1")
                .addToLabels(Labels.WORKSPACE, "ws_abcdefgh2345")
                .endMetadata()
                .withNewSpec()
                .endSpec()
                .withNewStatus()
                .withPhase("Pending")
                .endStatus()
                .build();
    }

    static Pod unscheduled(String message) {
        return pending()
                .edit()
                .editStatus()
                .addNewCondition()
                .withType("PodScheduled")
                .withStatus("False")
                .withMessage(message)
                .endCondition()
                .endStatus()
                .build();
    }

    static Pod scheduled() {
        return condition(pending(), "PodScheduled", null);
    }

    static Pod condition(Pod pod, String type, String reason) {
        return pod.edit()
                .editStatus()
                .addNewCondition()
                .withType(type)
                .withStatus("True")
                .withReason(reason)
                .endCondition()
                .endStatus()
                .build();
    }

    static Pod ready() {
        return condition(server(running()), "Ready", null);
    }

    static Pod server(ContainerState state) {
        return scheduled()
                .edit()
                .editStatus()
                .addToContainerStatuses(new ContainerStatusBuilder()
                        .withName(PodFactory.SERVER)
                        .withImage("registry.example.com/torch:2")
                        .withState(state)
                        .build())
                .endStatus()
                .build();
    }

    static Pod tools(ContainerState state) {
        return scheduled()
                .edit()
                .editStatus()
                .addToInitContainerStatuses(new ContainerStatusBuilder()
                        .withName(PodFactory.TOOLS)
                        .withImage("registry.example.com/tools:1")
                        .withState(state)
                        .build())
                .endStatus()
                .build();
    }

    static Pod deleted(Pod pod) {
        return pod.edit()
                .editMetadata()
                .withDeletionTimestamp("2026-01-01T00:00:00Z")
                .endMetadata()
                .build();
    }

    static Pod failed(String reason, String message) {
        return scheduled()
                .edit()
                .editStatus()
                .withPhase("Failed")
                .withReason(reason)
                .withMessage(message)
                .endStatus()
                .build();
    }

    static ContainerState waiting(String reason, String message) {
        return new ContainerStateBuilder().withNewWaiting(message, reason).build();
    }

    static ContainerState running() {
        return new ContainerStateBuilder()
                .withNewRunning("2026-01-01T00:00:00Z")
                .build();
    }

    static ContainerState terminated(int exitCode, String reason) {
        return terminated(exitCode, reason, null);
    }

    /** @param lastWords what it wrote for the cluster to show */
    static ContainerState terminated(int exitCode, String reason, String lastWords) {
        return new ContainerStateBuilder()
                .withNewTerminated()
                .withExitCode(exitCode)
                .withReason(reason)
                .withMessage(lastWords)
                .endTerminated()
                .build();
    }
}
