package io.benchtop.service.spawn.kubernetes;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.kubernetes.Watched;
import io.benchtop.service.spawn.WorkspaceId;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the cluster tells about the pods that are being started, and about their claims. One watch serves all starts; events
 * that no start waits for are dropped at once, since an hour of them would fill the memory.
 */
final class StartEvents implements AutoCloseable {

    private final KubernetesClient client;
    private final ClusterGate gate;
    private final String namespace;
    private final WakeUps wakeUps;
    private final Map<String, Listener> listeners = new ConcurrentHashMap<>();
    private final Watched<Event> watched;

    StartEvents(KubernetesClient client, ClusterGate gate, String namespace, WakeUps wakeUps) {
        this.client = requireNonNull(client, "client is null");
        this.gate = requireNonNull(gate, "gate is null");
        this.namespace = requireNonNull(namespace, "namespace is null");
        this.wakeUps = requireNonNull(wakeUps, "wakeUps is null");
        this.watched = new Watched<>("events", this::informer);
    }

    private SharedIndexInformer<Event> informer() {
        return client.v1()
                .events()
                .inNamespace(namespace)
                .runnableInformer(0)
                .itemStore(new Forgetful())
                .addEventHandler(new Passing());
    }

    Watched<Event> watched() {
        return watched;
    }

    /** Keeps what is told about these from now on; close it at the end of the start. */
    Listener listen(WorkspaceId id, String podName, String claimName) {
        Listener listener = new Listener(id, key(SeenEvent.POD, podName), key(SeenEvent.CLAIM, claimName));
        listener.keys().forEach(key -> listeners.put(key, listener));
        return listener;
    }

    /** Also what was told before; for a pod that another service has made. */
    void askFor(Listener listener, String podName) {
        List<Event> events = gate.ask(() -> client.v1()
                .events()
                .inNamespace(namespace)
                .withField("involvedObject.kind", SeenEvent.POD)
                .withField("involvedObject.name", podName)
                .list()
                .getItems());
        events.forEach(listener::add);
    }

    private void pass(Event event) {
        ObjectReference about = event.getInvolvedObject();
        Listener listener = about == null ? null : listeners.get(key(String.valueOf(about.getKind()), about.getName()));
        if (listener != null) {
            listener.add(event);
            wakeUps.wake(listener.id);
        }
    }

    private static String key(String kind, String name) {
        return kind + "/" + name;
    }

    @Override
    public void close() {
        watched.close();
    }

    /** The events of one start, the latest last. */
    final class Listener implements AutoCloseable {

        private final WorkspaceId id;
        private final String pod;
        private final String claim;
        private final Map<String, SeenEvent> events = new LinkedHashMap<>();

        private Listener(WorkspaceId id, String pod, String claim) {
            this.id = id;
            this.pod = pod;
            this.claim = claim;
        }

        private Stream<String> keys() {
            return Stream.of(pod, claim);
        }

        /** One that is told again with a higher count moves to the end. */
        private synchronized void add(Event event) {
            String name = event.getMetadata().getName();
            events.remove(name);
            events.put(name, SeenEvent.of(event));
        }

        synchronized List<SeenEvent> seen() {
            return new ArrayList<>(events.values());
        }

        @Override
        public void close() {
            keys().forEach(key -> listeners.remove(key, this));
        }
    }

    private final class Passing implements ResourceEventHandler<Event> {

        @Override
        public void onAdd(Event event) {
            pass(event);
        }

        @Override
        public void onUpdate(Event before, Event event) {
            pass(event);
        }

        @Override
        public void onDelete(Event event, boolean unknown) {}
    }

    /** Keeps nothing, so that each event is passed on and none is remembered. */
    private static final class Forgetful implements ItemStore<Event> {

        @Override
        public String getKey(Event event) {
            return event.getMetadata().getName();
        }

        @Override
        public @Nullable Event put(String key, Event event) {
            return null;
        }

        @Override
        public @Nullable Event remove(String key) {
            return null;
        }

        @Override
        public Stream<String> keySet() {
            return Stream.empty();
        }

        @Override
        public Stream<Event> values() {
            return Stream.empty();
        }

        @Override
        public int size() {
            return 0;
        }

        @Override
        public @Nullable Event get(String key) {
            return null;
        }

        @Override
        public boolean isFullState() {
            return false;
        }
    }
}
