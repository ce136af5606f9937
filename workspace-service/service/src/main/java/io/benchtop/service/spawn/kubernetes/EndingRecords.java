package io.benchtop.service.spawn.kubernetes;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.spawn.EndingCode;
import io.benchtop.service.spawn.ServerEnding;
import io.benchtop.service.spawn.ServerStatus.Ended;
import io.benchtop.service.spawn.WorkspaceId;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** How the last server of each workspace ended, with its log: kept in a ConfigMap, since a pod takes all that with it. */
final class EndingRecords {

    private static final String GENERATION = "generation";
    private static final String CODE = "code";
    private static final String SENTENCE = "sentence";
    private static final String LOG = "log";

    private final KubernetesClient client;
    private final ClusterGate gate;
    private final KubernetesSettings settings;

    EndingRecords(KubernetesClient client, ClusterGate gate, KubernetesSettings settings) {
        this.client = requireNonNull(client, "client is null");
        this.gate = requireNonNull(gate, "gate is null");
        this.settings = requireNonNull(settings, "settings is null");
    }

    /** Replaces what was recorded before. */
    void write(WorkspaceId id, long generation, EndingCode code, String sentence, List<String> log) {
        ConfigMap map = new ConfigMapBuilder()
                .withNewMetadata()
                .withName(ObjectNames.ending(id))
                .withNamespace(settings.namespace())
                .withLabels(Labels.of(settings.installation(), id))
                .endMetadata()
                .addToData(GENERATION, Long.toString(generation))
                .addToData(CODE, code.name())
                .addToData(SENTENCE, sentence)
                .addToData(LOG, ServerLog.capped(log))
                .build();
        gate.ask(() ->
                client.resource(map).fieldManager("benchtop").forceConflicts().serverSideApply());
    }

    Optional<Ended> find(WorkspaceId id) {
        return read(id).flatMap(EndingRecords::parse);
    }

    List<String> log(WorkspaceId id) {
        return read(id).map(map -> ServerLog.shown(text(map, LOG))).orElse(List.of());
    }

    void forget(WorkspaceId id) {
        gate.ask(() -> resource(id).delete());
    }

    private Optional<ConfigMap> read(WorkspaceId id) {
        return Optional.ofNullable(gate.ask(() -> resource(id).get()))
                .filter(map -> Labels.areOn(map, settings.installation(), id));
    }

    private Resource<ConfigMap> resource(WorkspaceId id) {
        return client.configMaps().inNamespace(settings.namespace()).withName(ObjectNames.ending(id));
    }

    /** One that somebody else has changed beyond recognition tells nothing. */
    private static Optional<Ended> parse(ConfigMap map) {
        try {
            List<String> tail = ServerLog.last(ServerLog.shown(text(map, LOG)), ServerLog.TAIL_LINES);
            ServerEnding ending = new ServerEnding(EndingCode.valueOf(text(map, CODE)), text(map, SENTENCE), tail);
            return Optional.of(new Ended(Long.parseLong(text(map, GENERATION)), ending));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String text(ConfigMap map, String name) {
        Map<String, String> data = Objects.requireNonNullElse(map.getData(), Map.of());
        return data.getOrDefault(name, "");
    }
}
