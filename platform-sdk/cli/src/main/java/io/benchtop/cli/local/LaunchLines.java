package io.benchtop.cli.local;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The command lines of workspace-service and proxy; computed, nothing is started here.
 *
 * @param installation the programs
 * @param plan what was asked for
 * @param servicePort port of the service on 127.0.0.1
 */
record LaunchLines(Installation installation, UpPlan plan, int servicePort) {

    private static final List<String> EVERY_JVM = List.of(
            "-XX:+UseSerialGC",
            "-XX:+ExitOnOutOfMemoryError",
            "-Xlog:disable",
            "-Xlog:all=warning:stderr",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow");

    /** Arrow keeps rows outside the heap. */
    private static final List<String> SERVICE_JVM = List.of("--add-opens=java.base/java.nio=ALL-UNNAMED");

    /** Most of the proxy's memory is what the compiler and idle buffers leave in the native heap, so that is given back. */
    private static final List<String> PROXY_JVM =
            List.of("-XX:MaxDirectMemorySize=96m", "-XX:+UseCompactObjectHeaders", "-XX:TrimNativeHeapInterval=5000");

    /** Names that may be set around {@code benchtop up} and go on to the service. */
    private static final List<String> PASSED_ON = List.of(
            "BENCHTOP_DATABASE_URL",
            "BENCHTOP_DATABASE_USER",
            "BENCHTOP_DATABASE_PASSWORD_FILE",
            "BENCHTOP_DATA_FOLDERS",
            "BENCHTOP_SOURCE_NETWORKS",
            "BENCHTOP_ENDPOINT_RETENTION",
            "BENCHTOP_MODEL_WEBHOOK_NETWORKS",
            "BENCHTOP_MODEL_WEBHOOK_HTTP");

    /** The same for all names with this beginning: the service refuses those that it does not know. */
    private static final String SIGN_IN = "BENCHTOP_OIDC_";

    String serviceUrl() {
        return "http://127.0.0.1:" + servicePort;
    }

    LaunchLine service(Map<String, String> surroundings, List<String> cacheFlags) {
        var environment = new LinkedHashMap<String, String>();
        surroundings.forEach((name, value) -> {
            if (PASSED_ON.contains(name) || name.startsWith(SIGN_IN)) {
                environment.put(name, value);
            }
        });
        environment.put("BENCHTOP_DATA", plan.data().root().toString());
        environment.put("BENCHTOP_PUBLIC_URL", plan.publicUrl());
        environment.put("BENCHTOP_SERVICE_PORT", Integer.toString(servicePort));
        environment.put("BENCHTOP_SESSION_COOKIE", plan.sessionCookie());
        environment.put("BENCHTOP_INTERNAL_KEY_FILE", plan.data().internalKey().toString());
        environment.put("BENCHTOP_MODEL_SERVER", installation.modelServerJar().toString());
        var flags = new ArrayList<>(SERVICE_JVM);
        flags.addAll(cacheFlags);
        return new LaunchLine(
                "service",
                java("-Xmx320m", flags, installation.serviceJars(), "io.benchtop.service.Application"),
                environment,
                plan.data().log("service"));
    }

    LaunchLine proxy(List<String> cacheFlags) {
        var flags = new ArrayList<>(cacheFlags);
        flags.addAll(PROXY_JVM);
        var environment = new LinkedHashMap<>(Map.of(
                "BENCHTOP_PROXY_LISTEN", plan.listenAddress(),
                "BENCHTOP_PROXY_ADMIN_LISTEN", "127.0.0.1:0",
                "BENCHTOP_SERVICE_URL", serviceUrl(),
                "BENCHTOP_PUBLIC_URL", plan.publicUrl(),
                "BENCHTOP_ALLOWED_HOSTS", String.join(",", plan.allowedHosts()),
                "BENCHTOP_SESSION_COOKIE", plan.sessionCookie(),
                "BENCHTOP_INTERNAL_KEY_FILE", plan.data().internalKey().toString(),
                "BENCHTOP_PROXY_STATE_FILE", plan.data().routes().toString()));
        var grpc = plan.grpcListenAddress();
        if (grpc != null) {
            environment.put("BENCHTOP_PROXY_GRPC_LISTEN", grpc);
        }
        return new LaunchLine(
                "proxy",
                // Messages of gRPC are kept whole, up to 16 MiB each.
                java(grpc == null ? "-Xmx48m" : "-Xmx128m", flags, installation.proxyJars(), "io.benchtop.proxy.Main"),
                environment,
                plan.data().log("proxy"));
    }

    private List<String> java(String heap, List<String> flags, List<Path> jars, String mainClass) {
        var command = new ArrayList<>(List.of(installation.java(), heap));
        command.addAll(EVERY_JVM);
        command.addAll(flags);
        command.add("-cp");
        command.add(jars.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
        command.add(mainClass);
        return command;
    }
}
