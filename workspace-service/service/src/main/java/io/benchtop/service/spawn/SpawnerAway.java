package io.benchtop.service.spawn;

/**
 * What runs the servers cannot be asked just now. It says nothing about the servers: whoever asked keeps what they knew and
 * asks again later; nobody is told that a server is gone.
 */
public final class SpawnerAway extends RuntimeException {

    /** @param sentence for the person: what does not answer, and what goes on meanwhile */
    public SpawnerAway(String sentence, Throwable cause) {
        super(sentence, cause);
    }

    public SpawnerAway(String sentence) {
        super(sentence);
    }

    public String sentence() {
        return String.valueOf(getMessage());
    }
}
