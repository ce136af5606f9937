package io.benchtop.service.spawn;

/** Called at the steps of a start, so that crash tests can end the service at each of them; does nothing otherwise. */
@FunctionalInterface
public interface Failpoint {

    Failpoint NONE = _ -> {};

    void reach(String step);
}
