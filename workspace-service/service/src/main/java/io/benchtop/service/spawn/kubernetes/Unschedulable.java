package io.benchtop.service.spawn.kubernetes;

import io.benchtop.service.kubernetes.Sentences;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Turns what the scheduler says, {@code 0/3 nodes are available: 1 Insufficient cpu, 2 node(s) had untolerated taint {…}.
 * preemption: …}, into a sentence for the person.
 */
final class Unschedulable {

    private static final Pattern REASONS =
            Pattern.compile("^\\d+/(\\d+) nodes are available: (.*?)(?:\\.?\\s+(?:no new claims|preemption:).*)?$");
    private static final Pattern INSUFFICIENT = Pattern.compile("Insufficient ([A-Za-z0-9./_-]*[A-Za-z0-9])");

    private Unschedulable() {}

    static String sentence(String message) {
        Set<String> lacking = lacking(message);
        String said = "The scheduler says: " + Sentences.of(reasons(message));
        return lacking.isEmpty()
                ? "No node of the cluster may run it. " + said + " Choose another profile, or ask an administrator."
                : "No node has enough " + String.join(" and ", names(lacking)) + " free. " + said
                        + " Choose a smaller profile, stop another workspace, or try again later.";
    }

    /** The resources, by the cluster's names, of which no node has enough. */
    static Set<String> lacking(String message) {
        Set<String> lacking = new TreeSet<>();
        Matcher matcher = INSUFFICIENT.matcher(message);
        while (matcher.find()) {
            lacking.add(matcher.group(1));
        }
        return lacking;
    }

    private static String reasons(String message) {
        String line = Sentences.quoted(message);
        Matcher matcher = REASONS.matcher(line);
        return matcher.matches() ? "of " + matcher.group(1) + " nodes, " + matcher.group(2) : line;
    }

    private static List<String> names(Set<String> resources) {
        return resources.stream().map(Unschedulable::name).toList();
    }

    static String name(String resource) {
        return switch (resource) {
            case "cpu" -> "processors";
            case "memory" -> "memory";
            case "pods" -> "places for pods";
            case "ephemeral-storage" -> "disk space";
            default -> resource;
        };
    }
}
