package io.benchtop.service.audit;

import java.util.function.Supplier;

/**
 * Port: makes a change and its audit row one. Everything that repositories do inside {@code work}, on the same thread,
 * happens together or not at all; a transaction inside another joins it.
 */
public interface Transactions {

    <T> T call(Supplier<T> work);

    default void run(Runnable work) {
        call(() -> {
            work.run();
            return true;
        });
    }
}
