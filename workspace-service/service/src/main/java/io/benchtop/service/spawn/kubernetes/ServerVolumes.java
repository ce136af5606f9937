package io.benchtop.service.spawn.kubernetes;

import io.benchtop.service.profile.ExtraVolume;
import io.benchtop.service.profile.ServerSpec;
import io.benchtop.service.spawn.SpawnRequest;
import io.benchtop.service.spawn.kubernetes.HomeStore.Claims;
import io.benchtop.service.spawn.kubernetes.HomeStore.NfsExport;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The folders of a server: its home, its secret, the tools, two to write to, and those of its profile. */
final class ServerVolumes {

    /** The same for everybody, so that a path in a notebook is right for whoever it is given to. */
    static final String HOME_PATH = "/home/benchtop";

    static final String TOOLS_PATH = "/opt/benchtop";
    static final String SECRET_PATH = "/run/benchtop/server";
    static final String RUN_PATH = "/run/benchtop/run";
    static final String TMP_PATH = "/tmp";

    private static final String HOME = "home";
    private static final String SECRET = "server";
    private static final String TOOLS = "tools";
    private static final String TMP = "tmp";

    private ServerVolumes() {}

    static List<Volume> of(HomeStore homes, SpawnRequest request) {
        return of(claimName(homes, request), ObjectNames.server(request), request.spec());
    }

    /**
     * @param home the claim
     * @param secret its name
     */
    static List<Volume> of(String home, String secret, ServerSpec spec) {
        List<Volume> volumes = new ArrayList<>();
        volumes.add(claim(HOME, home, false));
        volumes.add(new VolumeBuilder()
                .withName(SECRET)
                .withNewSecret()
                .withSecretName(secret)
                .withDefaultMode(0440)
                .endSecret()
                .build());
        volumes.addAll(empty(TOOLS, TMP, "run"));
        List<ExtraVolume> extra = spec.volumes();
        for (int i = 0; i < extra.size(); i++) {
            volumes.add(extra(extraName(i), extra.get(i)));
        }
        return volumes;
    }

    static List<VolumeMount> mounts(HomeStore homes, SpawnRequest request) {
        String folder = request.owner() + "/" + ObjectNames.folder(request.slug(), request.id());
        return mounts(homes instanceof NfsExport ? folder : null, request.spec());
    }

    /** @param folder of the home in its volume; null for all of it */
    static List<VolumeMount> mounts(@Nullable String folder, ServerSpec spec) {
        List<VolumeMount> mounts = new ArrayList<>();
        mounts.add(new VolumeMountBuilder()
                .withName(HOME)
                .withMountPath(HOME_PATH)
                .withSubPath(folder)
                .build());
        mounts.add(mount(SECRET, SECRET_PATH, true));
        mounts.add(toolsMount(true));
        mounts.add(mount(TMP, TMP_PATH, false));
        mounts.add(mount("run", RUN_PATH, false));
        List<ExtraVolume> extra = spec.volumes();
        for (int i = 0; i < extra.size(); i++) {
            mounts.add(
                    mount(extraName(i), extra.get(i).mountPath(), extra.get(i).readOnly()));
        }
        return mounts;
    }

    /** Of a pod without a home: what the profile mounts is no matter of its image. */
    static List<Volume> ofProbe() {
        return empty(TOOLS, TMP);
    }

    static List<VolumeMount> mountsOfProbe() {
        return List.of(toolsMount(true), mount(TMP, TMP_PATH, false));
    }

    private static List<Volume> empty(String... names) {
        return Stream.of(names)
                .map(name -> new VolumeBuilder()
                        .withName(name)
                        .withNewEmptyDir()
                        .endEmptyDir()
                        .build())
                .toList();
    }

    static VolumeMount toolsMount(boolean readOnly) {
        return mount(TOOLS, TOOLS_PATH, readOnly);
    }

    private static String claimName(HomeStore homes, SpawnRequest request) {
        return switch (homes) {
            case Claims _ -> ObjectNames.home(request.id());
            case NfsExport export -> export.claim();
        };
    }

    private static String extraName(int index) {
        return "extra-" + index;
    }

    private static Volume extra(String name, ExtraVolume extra) {
        return switch (extra.source()) {
            case ExtraVolume.Claim(String claim) -> claim(name, claim, extra.readOnly());
            case ExtraVolume.Nfs(String server, String path) ->
                new VolumeBuilder()
                        .withName(name)
                        .withNewNfs(path, extra.readOnly() ? true : null, server)
                        .build();
        };
    }

    private static Volume claim(String name, String claim, boolean readOnly) {
        return new VolumeBuilder()
                .withName(name)
                .withNewPersistentVolumeClaim(claim, readOnly ? true : null)
                .build();
    }

    private static VolumeMount mount(String name, String path, boolean readOnly) {
        return new VolumeMountBuilder()
                .withName(name)
                .withMountPath(path)
                .withReadOnly(readOnly ? true : null)
                .build();
    }
}
