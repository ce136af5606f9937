package io.benchtop.proxy;

import static io.benchtop.proxy.TestingProxy.ORIGIN;
import static io.benchtop.proxy.TestingProxy.PREFIX;
import static io.benchtop.proxy.TestingProxy.webSocket;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A route whose server is gone although nobody has said so yet, as a pod on a lost node: its address answers nothing at
 * all. Here that is a listener whose queue is full, for which the kernel drops what arrives.
 */
class VanishedServerIT {

    private static final Duration PROMISED = Duration.ofSeconds(8);

    private final TestingProxy proxy = new TestingProxy();
    private final List<Socket> queued = new ArrayList<>();
    private ServerSocket silent;

    @BeforeEach
    void vanish() throws IOException {
        silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        boolean full = false;
        while (!full) {
            Socket socket = new Socket();
            queued.add(socket);
            try {
                socket.connect(silent.getLocalSocketAddress(), 300);
            } catch (SocketTimeoutException e) {
                full = true;
            }
        }
        InetSocketAddress nowhere = (InetSocketAddress) silent.getLocalSocketAddress();
        proxy.control.put(TestingProxy.running("http://127.0.0.1:" + nowhere.getPort(), 2));
        await().untilAsserted(() -> assertThat(proxy.routeGeneration()).isEqualTo(2));
    }

    @AfterEach
    void stop() throws IOException {
        for (Socket socket : queued) {
            socket.close();
        }
        silent.close();
        proxy.close();
    }

    private String answerInTime(String request) {
        long askedAt = System.nanoTime();
        String answer = proxy.refused(request);
        assertThat(Duration.ofNanos(System.nanoTime() - askedAt)).isLessThan(PROMISED);
        return answer;
    }

    @Test
    void aProgramIsToldWhatJupyterLabTakesForAServerThatNeedsARestart() {
        assertThat(answerInTime(proxy.get(PREFIX + "api/kernels", proxy.alice())))
                .startsWith("HTTP/1.1 503")
                .contains("Retry-After: 3\r\n", "\"code\":\"server_unreachable\"");
        assertThat(answerInTime(
                        webSocket(PREFIX + "api/kernels/x/channels", proxy.alice(), "Origin: " + ORIGIN + "\r\n")))
                .startsWith("HTTP/1.1 503");
    }

    @Test
    void aPersonSeesAPageThatLooksAgain() {
        assertThat(answerInTime(proxy.get(PREFIX + "lab", proxy.alice(), "Accept: text/html\r\n")))
                .startsWith("HTTP/1.1 503")
                .contains("Refresh: 3\r\n", "text/html", "cannot be reached");
    }
}
