import java.io.IOException;
import java.time.Duration;

/** Keeps what the benchmark starts from outliving it, however the benchmark ended. */
final class Bounds {

    private Bounds() {}

    /** Returns when whoever started this process is gone: its end of our standard input closes with it. */
    static void untilStandardInputEnds() throws IOException {
        System.out.flush();
        System.in.readAllBytes();
        Runtime.getRuntime().halt(0);
    }

    /** Ends this process with a sentence when a load takes far longer than it was asked to. */
    static void within(Duration limit) {
        Thread.ofPlatform().daemon().start(() -> {
            try {
                Thread.sleep(limit);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            System.err.println("The load did not end within " + limit.toSeconds() + " s: the proxy no longer answers.");
            Runtime.getRuntime().halt(3);
        });
    }
}
