package io.benchtop.modelserver;

import io.benchtop.modelserver.store.ModelException;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;

/** One program with three commands: {@code serve}, {@code check} and {@code fetch}. */
public final class Main {

    private static final String USAGE = """
            usage: serve --model NAME=FOLDER | --repository FOLDER [--bind HOST] [--http-port N] [--grpc-port N] [--admin-port N]
                         [--key-file F] [--control] [--threads N] [--intra-op-threads N] [--device cpu|cuda|auto] [--queue N]
                         [--batch-rows N] [--max-body BYTES] [--max-connections N] [--patience-seconds N] [--ready-file F]
                         [--payload-log F] [--payload-sample SHARE]
                   check --model FOLDER --result FILE [--timeout-seconds N] [--device cpu|cuda|auto]
                   fetch --from URL --token-file F --to FOLDER""";

    private Main() {}

    /** Exit code 78 (as in sysexits' EX_CONFIG) for wrong options, 1 when what was asked for cannot be had. */
    public static void main(String[] arguments) throws InterruptedException {
        setDefaults();
        List<String> words = List.of(arguments);
        try {
            switch (words.isEmpty() ? "" : words.getFirst()) {
                case "serve" -> serve(words.subList(1, words.size()));
                case "check" -> CheckCommand.run(words.subList(1, words.size()));
                case "fetch" -> FetchCommand.run(words.subList(1, words.size()));
                default -> throw new IllegalArgumentException(USAGE);
            }
        } catch (IllegalArgumentException e) {
            exit(78, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            exit(1, String.valueOf(e.getMessage()));
        } catch (ModelException e) {
            exit(1, e.code() + ": " + e.sentence());
        } catch (RuntimeException | LinkageError e) {
            e.printStackTrace();
            exit(1, "it could not be started: " + e);
        }
    }

    /** What every request would pay for otherwise, and PyTorch's habit of asking the network. */
    private static void setDefaults() {
        setDefault("io.netty.leakDetection.level", "disabled");
        setDefault("ai.djl.offline", "true");
    }

    private static void setDefault(String key, String value) {
        System.setProperty(key, System.getProperty(key, value));
    }

    private static void serve(List<String> words) throws IOException, InterruptedException, ModelException {
        ModelServer server = new ModelServer(ServeOptions.of(words), InstantSource.system());
        Runtime.getRuntime().addShutdownHook(new Thread(() -> shutDown(server), "shutdown"));
        server.start();
        Thread.currentThread().join();
    }

    private static void shutDown(ModelServer server) {
        try {
            server.shutDown();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        // A JVM that ends by a signal would say so in its exit code.
        Runtime.getRuntime().halt(0);
    }

    private static void exit(int code, String sentence) {
        System.err.println("benchtop model server: " + sentence);
        Runtime.getRuntime().halt(code);
    }
}
