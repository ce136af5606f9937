package io.benchtop.service.model.local;

import java.io.IOException;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Does what the file {@code model.onnx} says, well or badly. */
final class StandInModelServer {

    private StandInModelServer() {}

    public static void main(String[] arguments) throws Exception {
        Path model = Path.of(arguments[2], "model.onnx");
        Path result = Path.of(arguments[4]);
        switch (Files.readString(model)) {
            case "good" -> Files.writeString(result, """
                        {"ok":true,"platform":"onnx_onnxv1","inputs":[{"name":"X","datatype":"FP32","shape":[-1,4]}],"outputs":[],
                        "loadMillis":3.5,"inferMicros":{"p50":10,"p99":20},"maxAbsoluteDifference":0,"onnxRuntime":"1.29.0"}""");
            case "differs" -> Files.writeString(result, """
                        {"ok":false,"code":"SAMPLE_DIFFERS","message":"Y differs by 0.5."}""");
            case "garbage" -> Files.writeString(result, "{\"ok\":true,");
            case "silent" -> {}
            case "fails" -> System.exit(7);
            case "hangs" -> Thread.sleep(600_000);
            case "forks" -> {
                new ProcessBuilder("sleep", "600").start();
                Thread.sleep(600_000);
            }
            case "eats" -> eat();
            case "segfault" -> kill("SEGV");
            case "killed" -> kill("KILL");
            case "environment" ->
                Files.writeString(
                        result,
                        "{\"ok\":false,\"code\":\"ENVIRONMENT\",\"message\":\""
                                + String.join(" ", System.getenv().keySet()) + "\"}");
            case "network" -> network(result);
            default -> throw new IllegalArgumentException();
        }
    }

    private static void eat() {
        List<byte[]> eaten = new ArrayList<>();
        while (true) {
            eaten.add(new byte[1 << 20]);
        }
    }

    private static void kill(String signal) throws IOException, InterruptedException {
        new ProcessBuilder(
                        "kill",
                        "-" + signal,
                        Long.toString(ProcessHandle.current().pid()))
                .start()
                .waitFor();
        Thread.sleep(60_000);
    }

    private static void network(Path result) throws IOException {
        List<String> up = new ArrayList<>();
        try {
            for (var each : Collections.list(NetworkInterface.getNetworkInterfaces())) {
                if (each.isUp()) {
                    up.add(each.getName());
                }
            }
        } catch (SocketException _) {
            // There is none at all.
        }
        Files.write(
                result,
                ("{\"ok\":false,\"code\":\"NETWORK\",\"message\":\"up: " + up + "\"}")
                        .getBytes(StandardCharsets.UTF_8));
    }
}
