package io.benchtop.service.spawn.kubernetes;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.spawn.LogLine;
import io.benchtop.service.spawn.SpawnerAway;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * The logs of our pods; whoever writes them is not trusted, so that each read is bounded. They are asked for by their
 * address: the client's own way to them watches the pod first, and reports an error in the log when it cannot.
 */
final class ServerLog {

    static final int TAIL_LINES = 40;
    static final int MAX_LINES = 5000;

    private static final int MAX_BYTES = 200 * 1024;
    private static final int READ_BYTES = 4 * MAX_BYTES;

    private final KubernetesClient client;
    private final ClusterGate gate;

    ServerLog(KubernetesClient client, ClusterGate gate) {
        this.client = requireNonNull(client, "client is null");
        this.gate = requireNonNull(gate, "gate is null");
    }

    /** The last lines of the server; of the tools if it never came to the server; none if there is no log. */
    List<String> tail(Pod pod, int lines) {
        List<String> server = tail(pod, PodFactory.SERVER, lines);
        return server.isEmpty() ? tail(pod, PodFactory.TOOLS, lines) : server;
    }

    /** Not a question at the gate: a node that does not answer for its logs is no outage of the cluster. */
    List<String> tail(Pod pod, String container, int lines) {
        if (!gate.isAnswering()) {
            throw new SpawnerAway(gate.sentence());
        }
        try {
            String text = client.raw("/" + address(pod, container) + "&limitBytes=" + READ_BYTES + "&tailLines="
                    + Math.min(lines, MAX_LINES));
            return text == null ? List.of() : shown(text);
        } catch (KubernetesClientException e) {
            // It has not started, or its node is gone or has thrown the log away.
            return List.of();
        }
    }

    /** Passes on what the server writes as it is written, until it is closed or the container ends. */
    LogStream follow(Pod pod, LineBuffer lines) {
        return LogStream.open(client, address(pod, PodFactory.SERVER) + "&follow=true", lines);
    }

    private static String address(Pod pod, String container) {
        return "api/v1/namespaces/" + pod.getMetadata().getNamespace() + "/pods/"
                + pod.getMetadata().getName() + "/log?container=" + container;
    }

    static List<String> shown(String text) {
        return text.lines().map(LogLine::shown).toList();
    }

    /** So many of the last lines as a record can hold. */
    static String capped(List<String> lines) {
        Deque<String> kept = new ArrayDeque<>();
        int bytes = 0;
        for (String line : lines.reversed()) {
            bytes += line.getBytes(StandardCharsets.UTF_8).length + 1;
            if (bytes > MAX_BYTES) {
                break;
            }
            kept.addFirst(line);
        }
        return String.join("\n", kept);
    }

    static List<String> last(List<String> lines, int count) {
        return lines.subList(Math.max(0, lines.size() - count), lines.size());
    }
}
