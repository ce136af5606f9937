package io.benchtop.service.spawn;

/** Who waits for a start: told what the server says, and asked whether the start is still wanted. */
public interface StartWatch {

    /** Asked often; once false, the start is given up. */
    boolean wanted();

    /** A line of the server's log. */
    void line(String line);
}
