package io.benchtop.proxy.relay;

import io.netty.channel.Channel;

/**
 * Whether a channel may be read. Several parties hold it back for reasons of their own; it is read again only when the
 * last reason is gone. A lost release would be a hung kernel, so each reason is one bit that one place sets and clears.
 */
final class ReadGate {

    /** The other side's send buffer is full. */
    static final int PEER_FULL = 1;
    /** Bytes wait that cannot be used yet: a connection being made, a verdict, the next request of a pipeline. */
    static final int BACKLOG = 2;

    private final Channel channel;
    private int reasons;

    ReadGate(Channel channel) {
        this.channel = channel;
    }

    void hold(int reason, boolean held) {
        int before = reasons;
        reasons = held ? reasons | reason : reasons & ~reason;
        if ((before == 0) != (reasons == 0)) {
            channel.config().setAutoRead(reasons == 0);
        }
    }

    boolean isHeld() {
        return reasons != 0;
    }
}
