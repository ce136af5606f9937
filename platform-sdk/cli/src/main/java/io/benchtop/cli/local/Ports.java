package io.benchtop.cli.local;

import io.benchtop.cli.support.CommandFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;

/** Free ports of this machine. */
final class Ports {

    private Ports() {}

    /**
     * Ends with a sentence if nobody could listen there.
     *
     * @param option what of {@code benchtop up} chooses the port
     */
    static void requireFree(String host, int port, String option) {
        try (var socket = new ServerSocket()) {
            // As the proxy does: connections of the last run that still wait for their end do not count.
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName(host), port));
        } catch (UnknownHostException e) {
            throw new CommandFailure("This machine has no address '" + host + "'. Without --host it is 127.0.0.1.");
        } catch (IOException e) {
            throw new CommandFailure(
                    "Port %d of %s cannot be used (%s): another program listens there. Stop it, or choose another port: benchtop up %s %d"
                            .formatted(port, host, e.getMessage(), option, port + 1));
        }
    }

    static int anyFree() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new CommandFailure("No free port on 127.0.0.1: " + e.getMessage());
        }
    }
}
