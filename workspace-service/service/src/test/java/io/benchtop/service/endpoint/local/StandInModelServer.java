package io.benchtop.service.endpoint.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** Takes the place of the model-server's main class: says that it is ready, and then waits for its end. */
public final class StandInModelServer {

    private StandInModelServer() {}

    /** A model folder with the file {@code broken} ends it with a message. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        List<String> given = List.of(arguments);
        String model = given.get(given.indexOf("--model") + 1);
        System.out.println("loading " + model);
        if (Files.exists(Path.of(model.substring(model.indexOf('=') + 1), "broken"))) {
            System.out.println("the model is broken");
            System.exit(3);
        }
        Path ready = Path.of(given.get(given.indexOf("--ready-file") + 1));
        Path part = ready.resolveSibling("ready.part");
        Files.writeString(
                part,
                "{\"http\":4001,\"grpc\":4002,\"admin\":4003,\"pid\":"
                        + ProcessHandle.current().pid() + "}");
        Files.move(part, ready, StandardCopyOption.ATOMIC_MOVE);
        Thread.sleep(120_000);
    }
}
