package io.benchtop.service.spawn.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Changes pods and homes that nobody has claimed, if, and only if, their label is still as it was seen: so of those who claim
 * one and those who discard it, whoever comes second changes nothing.
 */
final class WarmLabel {

    private static final String LABELS = "/metadata/labels/";
    private static final String ANNOTATIONS = "/metadata/annotations/";

    /** It is gone, it was changed meanwhile, or the label is another one. */
    private static final Set<Integer> TOO_LATE = Set.of(404, 409, 422);

    private WarmLabel() {}

    /** Empty if somebody else was first; what is discarded already may be discarded again. */
    static <T extends HasMetadata> Optional<T> discard(ClusterGate gate, Resource<T> object, String seen) {
        return change(gate, object, seen, List.of(operation("replace", label(Labels.WARM), Labels.DISCARDED)));
    }

    /** Empty if somebody else was first. */
    static <T extends HasMetadata> Optional<T> claim(
            ClusterGate gate,
            Resource<T> object,
            String seen,
            Map<String, String> labels,
            Map<String, String> annotations) {
        List<Map<String, String>> operations = new ArrayList<>();
        operations.add(Map.of("op", "remove", "path", label(Labels.WARM)));
        labels.forEach((name, value) -> operations.add(operation("add", label(name), value)));
        annotations.forEach((name, value) -> operations.add(operation("add", ANNOTATIONS + escaped(name), value)));
        return change(gate, object, seen, operations);
    }

    private static <T extends HasMetadata> Optional<T> change(
            ClusterGate gate, Resource<T> object, String seen, List<Map<String, String>> operations) {
        List<Map<String, String>> all = new ArrayList<>();
        all.add(operation("test", label(Labels.WARM), seen));
        all.addAll(operations);
        return gate.attempt(() -> object.patch(PatchContext.of(PatchType.JSON), Serialization.asJson(all)), TOO_LATE);
    }

    private static Map<String, String> operation(String op, String path, String value) {
        return Map.of("op", op, "path", path, "value", value);
    }

    private static String label(String name) {
        return LABELS + escaped(name);
    }

    /** As a JSON pointer has it. */
    private static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }
}
