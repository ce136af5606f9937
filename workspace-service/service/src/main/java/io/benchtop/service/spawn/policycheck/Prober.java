package io.benchtop.service.spawn.policycheck;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.locks.LockSupport;

/**
 * The program inside the pods of the self-test, of the service's own image. {@code listen PORT} accepts connections until it
 * is ended; {@code try FILE NEEDED FORBIDDEN…} tries {@code host:port}s, all at once, and writes those it reached into the
 * file, one a line. A forbidden one that is reached, and the needed one that is not, are tried again for a while: rules
 * reach a node after the pod.
 */
public final class Prober {

    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final int ROUNDS = 12;

    private Prober() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        List<String> words = Arrays.asList(arguments);
        switch (words.getFirst()) {
            case "listen" -> listen(Integer.parseInt(words.get(1)));
            case "try" -> {
                List<String> reached = attempt(words.get(2), words.subList(3, words.size()), PATIENCE, PAUSE);
                Files.writeString(Path.of(words.get(1)), String.join("\n", reached));
            }
            default -> throw new IllegalArgumentException("listen PORT, or try FILE NEEDED FORBIDDEN…");
        }
    }

    @SuppressWarnings("InfiniteLoopStatement")
    private static void listen(int port) throws IOException {
        try (ServerSocket server = new ServerSocket(port)) {
            while (true) {
                server.accept().close();
            }
        }
    }

    static List<String> attempt(String needed, List<String> forbidden, Duration patience, Duration pause)
            throws InterruptedException {
        var reached = new ConcurrentSkipListSet<String>();
        var threads = new ArrayList<Thread>();
        for (String address : forbidden) {
            threads.add(Thread.ofVirtual().start(() -> {
                if (!becomes(false, address, patience, pause)) {
                    reached.add(address);
                }
            }));
        }
        if (becomes(true, needed, patience, pause)) {
            reached.add(needed);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        return List.copyOf(reached);
    }

    /** Whether, in the end, the address is reached or is not. */
    private static boolean becomes(boolean wanted, String address, Duration patience, Duration pause) {
        for (int round = 0; round < ROUNDS; round++) {
            if (connects(address, patience) == wanted) {
                return true;
            }
            LockSupport.parkNanos(pause.toNanos());
        }
        return false;
    }

    private static boolean connects(String address, Duration patience) {
        int colon = address.lastIndexOf(':');
        String host = address.substring(0, colon).replace("[", "").replace("]", "");
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, Integer.parseInt(address.substring(colon + 1))), (int)
                    patience.toMillis());
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
