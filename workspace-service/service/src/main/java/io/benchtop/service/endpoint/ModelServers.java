package io.benchtop.service.endpoint;

import java.util.List;
import java.util.Map;

/**
 * Port: the model-servers that run. Every verb may be repeated; starting what runs and ending what is gone change nothing. What is
 * seen may be a moment old. Calls of different arms may come at once, those of one arm come one after the other.
 */
public interface ModelServers {

    /** Makes the servers of an arm run, again if they ended; does not wait for them. */
    void ensure(Arm arm);

    /** Ends the servers of an arm: they answer what they have begun. Does not wait for it. */
    void end(ArmId arm);

    /**
     * Everything that runs or was started and not ended, also what belongs to nobody any more.
     *
     * @throws RuntimeException if it cannot be seen now; then nothing may be concluded
     */
    Map<ArmId, ArmState> list();

    /** Calls this, on any thread, when what is seen may have changed; not doing so only makes it be seen later. */
    void onChange(Runnable listener);

    /** The last lines that an arm's servers wrote; none if they are gone. */
    List<String> log(ArmId arm, int lines);
}
