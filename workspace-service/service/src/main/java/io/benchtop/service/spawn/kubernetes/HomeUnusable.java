package io.benchtop.service.spawn.kubernetes;

/** A home cannot be made, moved or removed. */
final class HomeUnusable extends RuntimeException {

    /** @param sentence for the person: which home, what happened, what to do */
    HomeUnusable(String sentence) {
        super(sentence);
    }

    String sentence() {
        return String.valueOf(getMessage());
    }
}
