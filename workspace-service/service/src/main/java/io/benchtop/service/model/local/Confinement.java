package io.benchtop.service.model.local;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What this machine offers to hold a process in: {@code prlimit} bounds what it takes, {@code unshare} leaves it without a network.
 * Where one is missing, the rest holds.
 *
 * @param words to be put before the command
 */
record Confinement(List<String> words) {

    private static final int LARGEST_FILE = 256 << 20;
    private static final int MOST_PROCESSES = 4096;

    Confinement {
        words = List.copyOf(words);
    }

    static Confinement of(GateSettings settings) {
        List<String> words = new ArrayList<>();
        List<String> limits = List.of(
                "prlimit",
                "--as=" + (settings.limits().memoryMebibytes() << 20),
                "--cpu=" + settings.limits().patience().toSeconds() * 2,
                "--fsize=" + LARGEST_FILE,
                "--nproc=" + MOST_PROCESSES,
                "--core=0");
        if (works(List.of("prlimit", "--core=0", "true"))) {
            words.addAll(limits);
        }
        for (List<String> apart : List.of(List.of("unshare", "-n"), List.of("unshare", "-r", "-n"))) {
            List<String> attempt = new ArrayList<>(apart);
            attempt.add("true");
            if (works(attempt)) {
                words.addAll(apart);
                break;
            }
        }
        return new Confinement(words);
    }

    private static boolean works(List<String> command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            boolean ended = process.waitFor(5, TimeUnit.SECONDS);
            process.destroyForcibly();
            return ended && process.exitValue() == 0;
        } catch (IOException _) {
            return false;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
