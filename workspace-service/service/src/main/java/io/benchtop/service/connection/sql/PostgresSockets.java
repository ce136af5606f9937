package io.benchtop.service.connection.sql;

import io.benchtop.service.connection.NetworkPolicy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import javax.net.SocketFactory;

/** What the driver makes by its name, with the policy's text; it asks only for sockets that are not connected yet. */
public final class PostgresSockets extends SocketFactory {

    private final NetworkPolicy policy;

    public PostgresSockets(String networks) {
        this.policy = NetworkPolicy.of(networks);
    }

    @Override
    public Socket createSocket() {
        return new CheckedSocket(policy);
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        throw unknown();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
        throw unknown();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        throw unknown();
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort) throws IOException {
        throw unknown();
    }

    private static UnknownHostException unknown() {
        return new UnknownHostException("only sockets that are not connected are made here");
    }
}
