package io.benchtop.service.spawn.kubernetes;

import io.benchtop.service.spawn.SpawnRequest;
import io.benchtop.service.spawn.WorkspaceId;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The labels from which everything that runs can be found again, and by which we know what is ours. */
final class Labels {

    static final String WORKSPACE = "benchtop.io/workspace";
    static final String KEPT = "benchtop.io/kept";

    /** What a server is made of that nobody has claimed, or {@link #DISCARDED}; also on its home. */
    static final String WARM = "benchtop.io/warm";

    static final String DISCARDED = "discarded";
    private static final String GENERATION = "benchtop.io/generation";
    private static final String NAME = "app.kubernetes.io/name";
    private static final String MANAGED_BY = "app.kubernetes.io/managed-by";
    private static final String INSTANCE = "app.kubernetes.io/instance";

    private Labels() {}

    /** What all objects of an installation have that belong to servers. */
    static Map<String, String> ours(String installation) {
        return named("benchtop-server", installation);
    }

    /** Of pods that try images: nobody who looks for servers finds them. */
    static Map<String, String> ofProbe(String installation) {
        return named("benchtop-image-probe", installation);
    }

    private static Map<String, String> named(String name, String installation) {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put(NAME, name);
        labels.put(MANAGED_BY, "benchtop");
        labels.put(INSTANCE, installation);
        return labels;
    }

    static Map<String, String> of(String installation, WorkspaceId id) {
        Map<String, String> labels = ours(installation);
        labels.put(WORKSPACE, id.value());
        return labels;
    }

    static Map<String, String> ofHome(String installation, SpawnRequest request) {
        Map<String, String> labels = of(installation, request.id());
        labels.putAll(ofPerson(request));
        return labels;
    }

    static Map<String, String> ofWarmHome(String installation, WorkspaceId id, String kind) {
        Map<String, String> labels = of(installation, id);
        labels.put(WARM, kind);
        return labels;
    }

    /** What a claim adds. */
    static Map<String, String> ofPerson(SpawnRequest request) {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put("benchtop.io/owner", request.owner().value());
        labels.put("benchtop.io/slug", request.slug().value());
        return labels;
    }

    static Map<String, String> ofServer(String installation, SpawnRequest request) {
        Map<String, String> labels = ofHome(installation, request);
        labels.put(GENERATION, Long.toString(request.generation()));
        return labels;
    }

    static Map<String, String> ofWarmServer(String installation, WorkspaceId id, String kind) {
        Map<String, String> labels = ofWarmHome(installation, id, kind);
        labels.put(GENERATION, Long.toString(WarmPodFactory.GENERATION));
        return labels;
    }

    static Optional<WorkspaceId> workspace(HasMetadata object) {
        return find(object, WORKSPACE).flatMap(WorkspaceId::find);
    }

    /** Of what nobody has claimed, what it is made of. */
    static Optional<String> warm(HasMetadata object) {
        return find(object, WARM);
    }

    static boolean isWarm(HasMetadata object) {
        return warm(object).isPresent();
    }

    /** 0, which nobody asks for, if it cannot be read. */
    static long generation(HasMetadata object) {
        try {
            return find(object, GENERATION).map(Long::parseLong).orElse(0L);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /** Whether the object was made by this installation for this workspace. */
    static boolean areOn(HasMetadata object, String installation, WorkspaceId id) {
        return of(installation, id).entrySet().stream()
                .allMatch(label -> find(object, label.getKey())
                        .filter(label.getValue()::equals)
                        .isPresent());
    }

    private static Optional<String> find(HasMetadata object, String label) {
        return Optional.ofNullable(object.getMetadata().getLabels()).map(labels -> labels.get(label));
    }
}
