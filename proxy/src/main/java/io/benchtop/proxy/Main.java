package io.benchtop.proxy;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;

/** Starts the proxy from environment variables and says {@code ready url=…} on its standard output. */
public final class Main {

    private Main() {}

    /** Exit code 78 (as in sysexits' EX_CONFIG) for wrong settings, 1 when the port cannot be had. */
    public static void main(String[] arguments) throws InterruptedException {
        // Sampling for leaks is for tests; here it would cost every request.
        System.setProperty(
                "io.netty.leakDetection.level", System.getProperty("io.netty.leakDetection.level", "disabled"));
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
        try {
            ProxyConfig config = ProxyConfig.from(System.getenv());
            Proxy proxy = new Proxy(config, InstantSource.system(), out);
            proxy.start();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> shutDown(proxy), "shutdown"));
            out.println("ready url=" + config.publicUrl());
            out.flush();
        } catch (IllegalArgumentException e) {
            exit(78, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            exit(1, String.valueOf(e.getMessage()));
        }
        Thread.currentThread().join();
    }

    private static void shutDown(Proxy proxy) {
        try {
            proxy.shutDown();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void exit(int code, String sentence) {
        System.err.println("benchtop proxy: " + sentence);
        System.exit(code);
    }
}
