package io.benchtop.service.spawn.local;

import io.benchtop.service.spawn.SpawnRequest;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The command and the whole environment of a JupyterLab, computed without looking at anything. It must equal {@code
 * kernel-images/local/start-line.json}, with which the Python tests start a real one; NOTEBOOKS.md §2 says why each flag
 * is there.
 */
record LabCommand(List<String> argv, Map<String, String> env) {

    /** JupyterLab's own list less the two kernel_info messages, or a Java kernel's state stays "Unknown". */
    private static final List<String> UNTRACKED_MESSAGES = List.of(
            "comm_info_request",
            "comm_info_reply",
            "shutdown_request",
            "shutdown_reply",
            "interrupt_request",
            "interrupt_reply",
            "debug_request",
            "debug_reply",
            "stream",
            "display_data",
            "update_display_data",
            "execute_input",
            "execute_result",
            "error",
            "status",
            "clear_output",
            "debug_event",
            "input_request",
            "input_reply");

    LabCommand {
        argv = List.copyOf(argv);
        env = Map.copyOf(env);
    }

    /**
     * @param publicUrl where the proxy is reached from this machine
     * @param shell for terminals
     */
    static LabCommand of(
            SpawnRequest request,
            NotebookEnvironment environment,
            ServerFolder server,
            Path home,
            int port,
            URI publicUrl,
            String shell) {
        return new LabCommand(
                argv(request, environment, server, home, port, "https".equals(publicUrl.getScheme())),
                env(request, environment, server, home, publicUrl, shell));
    }

    private static List<String> argv(
            SpawnRequest request,
            NotebookEnvironment environment,
            ServerFolder server,
            Path home,
            int port,
            boolean secure) {
        return List.of(
                environment.python().toString(),
                "-P",
                "-m",
                "jupyterlab",
                "--no-browser",
                "--ServerApp.ip=127.0.0.1",
                "--ServerApp.port=" + port,
                "--ServerApp.port_retries=0",
                "--ServerApp.base_url=" + request.path(),
                "--ServerApp.root_dir=" + home,
                "--ServerApp.allow_remote_access=True",
                "--ServerApp.allow_unauthenticated_access=False",
                "--ServerApp.allow_root=True",
                "--ServerApp.trust_xheaders=True",
                "--ServerApp.quit_button=False",
                "--ServerApp.identity_provider_class=benchtop_server.ProxyIdentityProvider",
                "--ServerApp.authorizer_class=benchtop_server.RoleAuthorizer",
                "--ServerApp.jpserver_extensions={'benchtop_server': True}",
                "--ServerApp.tornado_settings=" + tornadoSettings(request.path(), secure),
                "--ProxyIdentityProvider.key_file=" + server.keyFile(),
                "--ProxyIdentityProvider.audience=workspace:" + request.id(),
                "--FileContentsManager.delete_to_trash=False",
                "--MappingKernelManager.untracked_message_types=['" + String.join("', '", UNTRACKED_MESSAGES) + "']",
                "--LanguageServerManager.autodetect=False",
                "--LabApp.extension_manager=readonly");
    }

    private static String tornadoSettings(String path, boolean secure) {
        return "{'login_url': '/login', 'headers': {'Content-Security-Policy': \"frame-ancestors 'self'\"},"
                + " 'xsrf_cookie_kwargs': {'secure': " + (secure ? "True" : "False") + ", 'path': '" + path + "'}}";
    }

    private static Map<String, String> env(
            SpawnRequest request,
            NotebookEnvironment environment,
            ServerFolder server,
            Path home,
            URI publicUrl,
            String shell) {
        Path overlay = server.path().resolve("env");
        Path bundled = environment.path();
        Map<String, String> env = new LinkedHashMap<>();
        env.put("HOME", home.toString());
        env.put("USER", request.owner().value());
        env.put("LOGNAME", request.owner().value());
        env.put("SHELL", shell);
        env.put("LANG", "C.UTF-8");
        env.put(
                "PATH",
                overlay + "/bin:" + bundled + "/bin:" + environment.java()
                        + "/bin:/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin");
        env.put("JAVA_HOME", environment.java().toString());
        env.put("JUPYTER_PATH", overlay + "/share/jupyter:" + bundled + "/share/jupyter");
        env.put("JUPYTER_CONFIG_DIR", home + "/.jupyter");
        env.put("JUPYTER_RUNTIME_DIR", server.path() + "/runtime");
        env.put("PYTHONPATH", bundled + "/lib-benchtop/py");
        env.put("PYTHONSTARTUP", bundled + "/lib-benchtop/startup.py");
        env.put("BENCHTOP_URL", publicUrl.toString());
        env.put("BENCHTOP_HUB_PREFIX", "/workspaces/");
        env.put("BENCHTOP_TOKEN_FILE", server.tokenFile().toString());
        env.put("BENCHTOP_WORKSPACE", request.id().value());
        env.put("BENCHTOP_USER", request.owner().value());
        env.put("BENCHTOP_IMAGE", "environment " + bundled.getFileName());
        env.put("MLFLOW_TRACKING_URI", publicUrl + "/mlflow");
        env.put("MLFLOW_TRACKING_AUTH", "benchtop");
        return env;
    }
}
