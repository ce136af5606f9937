package io.benchtop.sdk;

import java.time.Instant;
import java.util.Map;

/**
 * A promise to keep a workspace running.
 *
 * @param until the instant it ends
 * @param reason what was given as the reason
 */
public record KeepAlive(Instant until, String reason) implements Shown {

    @Override
    public Map<String, String> shown() {
        return Words.table("until", Words.ofInstant(until), "reason", reason);
    }

    @Override
    public String toString() {
        return Shown.inOneLine(this);
    }
}
