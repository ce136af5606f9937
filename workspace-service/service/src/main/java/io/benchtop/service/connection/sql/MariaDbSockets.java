package io.benchtop.service.connection.sql;

import io.benchtop.service.connection.NetworkPolicy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import org.mariadb.jdbc.Configuration;
import org.mariadb.jdbc.util.ConfigurableSocketFactory;

/** What the driver makes by its name and gives all properties, the policy's text among them. */
public final class MariaDbSockets extends ConfigurableSocketFactory {

    static final String NETWORKS = "benchtopNetworks";

    private NetworkPolicy policy = NetworkPolicy.of("");

    /** For the driver. */
    public MariaDbSockets() {}

    @Override
    public void setConfiguration(Configuration configuration, String host) {
        policy = NetworkPolicy.of(configuration.nonMappedOptions().getProperty(NETWORKS, ""));
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
