package io.benchtop.service.spawn.kubernetes;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.kubernetes.Sentences;
import io.benchtop.service.profile.ImageCompatibility;
import io.benchtop.service.profile.ImageProbe;
import io.benchtop.service.profile.ImageReference;
import io.benchtop.service.profile.ServerSpec;
import io.benchtop.service.spawn.EndingCode;
import io.benchtop.service.spawn.SpawnerAway;
import io.benchtop.service.spawn.StartPhase;
import io.benchtop.service.spawn.kubernetes.StartDecision.GiveUp;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.PodResource;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tries an image in a pod of its own ({@link ImageProbePodFactory}), in the place of servers, and asks the program that would
 * start a server what it finds. What goes wrong before that is read as it is for a start ({@link PodDiagnosis}), with the
 * same patience. The pod is called after its image: replicas that try the same one share it, and whoever comes first takes it
 * away; the others make it again. What a service that was ended left behind is removed by the next probe.
 */
public final class KubernetesImageProbe implements ImageProbe {

    private static final Logger LOG = LoggerFactory.getLogger(KubernetesImageProbe.class);
    private static final long ASK_EVERY_MILLIS = 500;
    private static final int MOST_LINES = 50;

    private final KubernetesClient client;
    private final ClusterGate gate;
    private final KubernetesSettings settings;
    private final InstantSource clock;
    private final ServerLog log;
    private final ImageProbePodFactory factory;

    public KubernetesImageProbe(KubernetesCluster cluster) {
        this.client = cluster.client();
        this.gate = cluster.gate();
        this.settings = requireNonNull(cluster.settings(), "settings is null");
        this.clock = cluster.clock();
        this.log = new ServerLog(client, gate);
        this.factory = new ImageProbePodFactory(settings);
    }

    @Override
    public ImageCompatibility probe(ImageReference image, ServerSpec spec) {
        Pod pod = factory.podFor(image, spec);
        try {
            removeEnded();
            create(pod);
            return await(image, pod);
        } catch (KubernetesClientException e) {
            String status = e.getStatus() == null ? null : e.getStatus().getMessage();
            return ImageCompatibility.notProbed(
                    image,
                    clock.instant(),
                    "It could not be tried, because the cluster refuses it: "
                            + Sentences.of(status == null ? e.getMessage() : status));
        } catch (InterruptedException e) {
            // The thread ends with this; marked as interrupted it could not take the pod away.
            throw new IllegalStateException("the service ended meanwhile", e);
        } finally {
            remove(pod);
        }
    }

    private ImageCompatibility await(ImageReference image, Pod made) throws InterruptedException {
        StartDecision decision = StartDecision.begin(settings.startTimeout());
        long before = System.nanoTime();
        while (true) {
            Thread.sleep(ASK_EVERY_MILLIS);
            long now = System.nanoTime();
            Duration passed = Duration.ofNanos(now - before);
            before = now;
            try {
                Pod pod = look(made);
                ImageVerdict verdict = new ImageVerdict(image, pod, clock.instant());
                Optional<ContainerStateTerminated> end =
                        Pods.server(pod).map(server -> server.getState().getTerminated());
                if (end.isPresent()) {
                    return verdict.ended(end.get(), log.tail(pod, PodFactory.SERVER, MOST_LINES));
                }
                decision = decision.after(finding(pod), passed);
                if (decision.verdict() instanceof GiveUp(EndingCode code, String sentence)) {
                    return verdict.givenUp(code, sentence);
                }
            } catch (SpawnerAway e) {
                // Time in which the cluster does not answer is not the image's.
                LOG.atDebug().addKeyValue("cause", e.sentence()).log("an image is still being tried");
            }
        }
    }

    /** One that is gone, or that goes because somebody else has seen its end, is made again when its name is free. */
    private Pod look(Pod made) {
        Pod pod = gate.ask(() -> named(made).get());
        if (pod != null && pod.getMetadata().getDeletionTimestamp() == null) {
            return pod;
        }
        create(made);
        return made.edit().withNewStatus().endStatus().build();
    }

    /** A pod that runs is ready at once, as nothing is asked of it; what counts is its end. */
    private Finding finding(Pod pod) {
        return Pods.running(pod).isPresent()
                ? new Finding.OnItsWay(StartPhase.STARTING, "It tells what it has.")
                : PodDiagnosis.of(pod, events(pod));
    }

    private List<SeenEvent> events(Pod pod) {
        List<Event> events = gate.ask(() -> client.v1()
                .events()
                .inNamespace(settings.namespace())
                .withField("involvedObject.name", pod.getMetadata().getName())
                .withField("involvedObject.uid", ServerPods.uid(pod))
                .list()
                .getItems());
        return events.stream()
                .sorted(Comparator.comparing(event -> Objects.toString(event.getLastTimestamp(), "")))
                .map(SeenEvent::of)
                .toList();
    }

    /** One that is there does the same already. */
    private void create(Pod pod) {
        gate.attempt(() -> client.resource(pod).create(), ClusterGate.IS_THERE);
    }

    private void removeEnded() {
        List<Pod> all = gate.ask(() -> client.pods()
                .inNamespace(settings.namespace())
                .withLabels(Labels.ofProbe(settings.installation()))
                .list()
                .getItems());
        all.stream().filter(pod -> PodEnding.of(pod).isPresent()).forEach(this::remove);
    }

    private void remove(Pod pod) {
        try {
            gate.ask(() -> named(pod)
                    .withGracePeriod(ImageProbePodFactory.GRACE_SECONDS)
                    .delete());
        } catch (SpawnerAway | KubernetesClientException e) {
            LOG.atWarn()
                    .addKeyValue("pod", pod.getMetadata().getName())
                    .addKeyValue("cause", e.getMessage())
                    .log("the pod that tried an image stays until the next one is tried");
        }
    }

    private PodResource named(Pod pod) {
        return client.pods()
                .inNamespace(settings.namespace())
                .withName(pod.getMetadata().getName());
    }
}
