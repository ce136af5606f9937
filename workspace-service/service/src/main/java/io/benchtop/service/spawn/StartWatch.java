package io.benchtop.service.spawn;

/** Who waits for a start: told what the server says, and asked whether the start is still wanted. */
public interface StartWatch {

    /**
     * Asked often; once false, the start is given up and nothing is left of it. If it throws, this process may not go on:
     * the server is left as it is, because another process takes care of it, and {@link Spawner#start} throws the same.
     */
    boolean wanted();

    /**
     * How far the start is; may be told again with another detail.
     *
     * @param detail a sentence for the person, such as the last event of the cluster in plain words; may be empty
     */
    void phase(StartPhase phase, String detail);

    /** A line of the server's log. */
    void line(String line);
}
