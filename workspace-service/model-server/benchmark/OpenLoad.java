import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends a file so many times a second, however slow the answers are, as many independent people do. Arguments: address, file,
 * requests a second, seconds. Prints how many were sent, answered and refused (429), how many went wrong, the time in
 * microseconds, and p50 and p99 of what was answered, counted from when it should have been sent. A first second is not counted.
 */
final class OpenLoad {

    private static final int MOST_AT_ONCE = 4096;

    public static void main(String[] arguments) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(arguments[0]))
                .POST(HttpRequest.BodyPublishers.ofByteArray(Files.readAllBytes(Path.of(arguments[1]))))
                .build();
        double rate = Double.parseDouble(arguments[2]);
        long seconds = Long.parseLong(arguments[3]);
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        Queue<Long> answered = new ConcurrentLinkedQueue<>();
        AtomicInteger refused = new AtomicInteger();
        AtomicInteger wrong = new AtomicInteger();
        AtomicInteger open = new AtomicInteger();
        long start = System.nanoTime();
        long from = start + TimeUnit.SECONDS.toNanos(1);
        long end = from + TimeUnit.SECONDS.toNanos(seconds);
        int sent = 0;
        for (long i = 0; ; i++) {
            long due = start + (long) (i * 1e9 / rate);
            if (due - end >= 0) {
                break;
            }
            while (due - System.nanoTime() > 0 || open.get() >= MOST_AT_ONCE) {
                LockSupport.parkNanos(Math.max(50_000, due - System.nanoTime()));
            }
            boolean counts = due - from >= 0;
            sent += counts ? 1 : 0;
            open.incrementAndGet();
            var _ = client.sendAsync(request, BodyHandlers.discarding()).whenComplete((answer, _) -> {
                open.decrementAndGet();
                if (answer == null || (answer.statusCode() != 200 && answer.statusCode() != 429)) {
                    wrong.incrementAndGet();
                } else if (counts && answer.statusCode() == 429) {
                    refused.incrementAndGet();
                } else if (counts) {
                    answered.add(System.nanoTime() - due);
                }
            });
        }
        while (open.get() > 0 && System.nanoTime() - end < TimeUnit.SECONDS.toNanos(60)) {
            Thread.sleep(10);
        }
        long[] nanos = answered.stream().mapToLong(Long::longValue).toArray();
        Arrays.sort(nanos);
        System.out.printf(
                "RESULT %d %d %d %d %d %d %d%n",
                sent,
                nanos.length,
                refused.get(),
                wrong.get(),
                seconds * 1_000_000,
                nanos.length == 0 ? 0 : nanos[nanos.length / 2] / 1000,
                nanos.length == 0 ? 0 : nanos[(int) (nanos.length * 0.99)] / 1000);
        // The client's threads would keep it up.
        System.exit(0);
    }
}
