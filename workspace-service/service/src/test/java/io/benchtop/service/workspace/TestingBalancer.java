package io.benchtop.service.workspace;

import static java.util.Objects.requireNonNull;

import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/**
 * Asks for a person's workspaces again and again, the replicas in turn. If one does not take the connection, or ends without
 * an answer, it asks the next one, as the proxy does.
 */
final class TestingBalancer implements AutoCloseable {

    private static final long PAUSE_MILLIS = 20;

    private final Predicate<String> isRight;
    private final List<TestingPerson> replicas = new CopyOnWriteArrayList<>();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger brokenOff = new AtomicInteger();
    private final Thread thread = Thread.ofPlatform().name("balancer").unstarted(this::run);
    private volatile boolean closed;

    /** @param isRight what every answer must be like */
    TestingBalancer(List<TestingPerson> replicas, Predicate<String> isRight) {
        this.isRight = requireNonNull(isRight, "isRight is null");
        this.replicas.addAll(replicas);
        thread.start();
    }

    void add(TestingPerson replica) {
        replicas.add(replica);
    }

    /** Requests that nobody answered, or not with what was right. */
    List<String> failures() {
        return List.copyOf(failures);
    }

    int asked() {
        return asked.get();
    }

    /** Requests that a replica took and left without an answer. */
    int brokenOff() {
        return brokenOff.get();
    }

    private void run() {
        try {
            while (!closed) {
                ask(asked.getAndIncrement());
                Thread.sleep(PAUSE_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void ask(int number) {
        for (int attempt = 0; attempt < replicas.size(); attempt++) {
            TestingPerson replica = replicas.get((number + attempt) % replicas.size());
            try {
                HttpResponse<String> answer = replica.client().get(TestingPerson.WORKSPACES);
                if (answer.statusCode() != 200 || !isRight.test(answer.body())) {
                    failures.add(answer.statusCode() + " " + answer.body());
                }
                return;
            } catch (UncheckedIOException e) {
                if (!(e.getCause() instanceof ConnectException)) {
                    brokenOff.incrementAndGet();
                }
            }
        }
        failures.add("no replica answered");
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
