package io.benchtop.service.spawn.kubernetes;

import io.benchtop.service.profile.ServerSpec;
import io.benchtop.service.spawn.SpawnRequest;
import io.benchtop.service.spawn.WorkspaceId;
import io.fabric8.kubernetes.api.model.EnvVar;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The environment of a server: all that its launcher is told, and what the profile adds. No secret is in it. */
final class ServerEnvironment {

    private ServerEnvironment() {}

    static List<EnvVar> of(KubernetesSettings settings, SpawnRequest request) {
        String owner = request.owner().value();
        List<EnvVar> env = new ArrayList<>();
        add(env, "BENCHTOP_USER", owner);
        add(env, "BENCHTOP_SLUG", request.slug().value());
        add(env, "BENCHTOP_BASE_URL", request.path());
        add(env, "USER", owner);
        add(env, "LOGNAME", owner);
        addCommon(env, settings, request.id(), request.spec());
        return env;
    }

    /** Of a server whose person a file will tell. */
    static List<EnvVar> ofWarm(KubernetesSettings settings, WorkspaceId id, ServerSpec spec) {
        List<EnvVar> env = new ArrayList<>();
        add(env, "BENCHTOP_CLAIM_FILE", ServerVolumes.SECRET_PATH + "/" + SecretFactory.CLAIM);
        addCommon(env, settings, id, spec);
        return env;
    }

    private static void addCommon(List<EnvVar> env, KubernetesSettings settings, WorkspaceId id, ServerSpec spec) {
        boolean secure = "https".equals(settings.publicUrl().getScheme());
        add(env, "BENCHTOP_URL", settings.platformUrl().toString());
        add(env, "BENCHTOP_WORKSPACE", id.value());
        add(env, "BENCHTOP_IMAGE", settings.imageOf(spec).value());
        add(env, "BENCHTOP_PORT", Integer.toString(PodFactory.PORT));
        add(env, "BENCHTOP_TOKEN_FILE", ServerVolumes.SECRET_PATH + "/" + SecretFactory.TOKEN);
        add(env, "BENCHTOP_IDENTITY_KEY_FILE", ServerVolumes.SECRET_PATH + "/" + SecretFactory.IDENTITY_KEY);
        add(env, "BENCHTOP_SECURE", Boolean.toString(secure));
        add(env, "BENCHTOP_HUB_PREFIX", "/workspaces/");
        add(env, "MLFLOW_TRACKING_URI", settings.platformUrl() + "/mlflow");
        add(env, "MLFLOW_TRACKING_AUTH", "benchtop");
        add(env, "HOME", ServerVolumes.HOME_PATH);
        add(env, "JUPYTER_RUNTIME_DIR", ServerVolumes.RUN_PATH);
        addOf(spec, env);
    }

    /** Of a pod that only tells what its image has, and has no home. */
    static List<EnvVar> ofProbe(ServerSpec spec) {
        List<EnvVar> env = new ArrayList<>();
        add(env, "HOME", ServerVolumes.TMP_PATH);
        addOf(spec, env);
        return env;
    }

    private static void addOf(ServerSpec spec, List<EnvVar> env) {
        Map<String, String> further = new TreeMap<>(spec.env());
        further.forEach((name, value) -> add(env, name, value));
    }

    /** Kubernetes replaces {@code $(NAME)} in values; a doubled dollar is a dollar and nothing else. */
    private static void add(List<EnvVar> env, String name, String value) {
        env.add(new EnvVar(name, value.replace("$", "$$"), null));
    }
}
