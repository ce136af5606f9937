package io.benchtop.proxy.relay;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;

/**
 * How relayed bytes are written: what was read in one go leaves with one system call when the reading is complete, or
 * earlier when much is waiting. It must not pile up to the mark at which a channel counts as full, because then the other
 * side would be held back and let go again for nothing.
 */
// A failed write reaches exceptionCaught or channelInactive, where it is dealt with.
@SuppressWarnings("FutureReturnValueIgnored")
final class Outflow {

    private static final long ROOM = 128 * 1024;

    private Outflow() {}

    static void write(Channel to, ByteBuf bytes) {
        to.write(bytes, to.voidPromise());
        if (to.bytesBeforeUnwritable() < ROOM) {
            to.flush();
        }
    }
}
